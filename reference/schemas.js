/**
 * The part of a document at this path, with the references and the `allOf` in it replaced by what they stand for.
 * References are to the same document, and none leads back to itself.
 * @param {unknown} document
 * @param {readonly string[]} path
 */
export function resolvedPart(document, path) {
  return resolved(partAt(document, path));

  /**
   * @param {unknown} value
   * @returns {unknown}
   */
  function resolved(value) {
    if (Array.isArray(value)) return value.map(resolved);
    if (!isObject(value)) return value;
    const { $ref, allOf, ...others } = value;
    if (typeof $ref === 'string') return resolved(partAt(document, pathOf($ref)));
    const rest = Object.fromEntries(Object.entries(others).map(([name, part]) => [name, resolved(part)]));
    return Array.isArray(allOf) ? [...allOf.map(resolved), rest].reduce(merged) : rest;
  }
}

/**
 * Both, with the second where they differ.
 * @param {unknown} first
 * @param {unknown} second
 * @returns {unknown}
 */
function merged(first, second) {
  if (!isObject(first) || !isObject(second)) return second;
  const entries = Object.entries(second).map(([name, part]) => [name, merged(first[name], part)]);
  return { ...first, ...Object.fromEntries(entries) };
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * @param {any} document
 * @param {readonly string[]} path
 */
function partAt(document, path) {
  return path.reduce((part, name) => part?.[name], document);
}

/** @param {string} reference such as `#/components/schemas/Problem` */
function pathOf(reference) {
  const names = reference.split('/').slice(1);
  return names.map(name => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}
