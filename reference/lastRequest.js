import { byId, element } from './element.js';
import { outcomeOf } from './requests.js';

/** @typedef {import('./requests.js').Exchange} Exchange */

/** The panel that explains the last request. */
export function createLastRequestPanel() {
  const line = byId('last-request-line', HTMLElement);
  const details = byId('last-request-details', HTMLElement);

  return {
    /** @param {Exchange} exchange */
    show(exchange) {
      const { method, path, status } = exchange;
      line.className = status >= 200 && status < 400 ? 'good' : 'bad';
      line.textContent = `${method} ${path} → ${outcomeOf(exchange)}`;
      details.replaceChildren(...explain(exchange));
    },
  };
}

/**
 * @param {Exchange} exchange
 * @returns {Node[]}
 */
function explain(exchange) {
  const { method, signed, problem, failure } = exchange;
  const nodes = [];
  if (failure) nodes.push(paragraph(`There is no response: ${failure}`));
  if (problem) {
    const { code, title, detail } = problem;
    const link = element('a', { href: `/docs/errors#${encodeURIComponent(code)}` }, code);
    nodes.push(element('p', {}, element('strong', {}, title), ' (', link, ')'));
    nodes.push(...(hints(exchange, problem) ?? [paragraph(detail)]));
  }
  if (signed === null) nodes.push(paragraph(`This ${method} was sent without a signature.`));
  else if (problem?.string_to_sign === undefined) nodes.push(shown('String that was signed', signed));
  return nodes;
}

/**
 * Where the page can tell more than the `detail` of the API.
 * @param {Exchange} exchange
 * @param {import('./requests.js').Problem} problem
 * @returns {Node[] | null}
 */
function hints({ signed, timestamp }, { code, detail, server_time, string_to_sign, mfa_token }) {
  if (code === 'signature_missing')
    return [paragraph('Enter the signing key above, and send the request again.')];
  if (server_time !== undefined && timestamp !== null)
    return [paragraph(clockDifference(timestamp, server_time)), paragraph(detail)];
  if (string_to_sign !== undefined && signed !== null) return comparison(signed, string_to_sign);
  if (mfa_token !== undefined) return [paragraph(detail), shown('mfa_token', mfa_token)];
  return null;
}

/**
 * @param {number} timestamp ms
 * @param {number} serverTime ms
 */
function clockDifference(timestamp, serverTime) {
  const seconds = Math.round((timestamp - serverTime) / 100) / 10;
  const where = seconds < 0 ? 'behind' : 'ahead of';
  return `The clock of this device is ${Math.abs(seconds)} s ${where} the clock of the server.`;
}

/**
 * Both strings, with the part of each from the first difference on marked.
 * @param {string} ours
 * @param {string} theirs
 * @returns {Node[]}
 */
function comparison(ours, theirs) {
  const [a, b] = [[...ours], [...theirs]];
  const at = a.findIndex((character, i) => character !== b[i]);
  const first = at === -1 ? a.length : at;
  const verdict =
    ours === theirs
      ? 'The server built the same string, so it has another key for this client id.'
      : `The server built another string. The first difference is at character ${first + 1}.`;
  /** @param {string[]} characters */
  const marked = characters => [
    characters.slice(0, first).join(''),
    element('mark', {}, characters.slice(first).join('')),
  ];
  return [
    paragraph(verdict),
    shown('String that was signed here', ...marked(a)),
    shown('String that the server built', ...marked(b)),
  ];
}

/** @param {string} text */
function paragraph(text) {
  return element('p', {}, text);
}

/**
 * @param {string} label
 * @param {...(Node | string)} content
 */
function shown(label, ...content) {
  return element('figure', {}, element('figcaption', {}, label), element('pre', {}, ...content));
}
