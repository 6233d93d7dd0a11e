import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutWhitespace } from '../../http/signedBody.ts';

const without = (text: string) => withoutWhitespace(Buffer.from(text)).toString();

describe('withoutWhitespace', () => {
  it('turns every layout of a value into the text of JSON.stringify', () =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.stringMatching(/^[ \t\r\n]{0,10}$/), (value, layout) => {
        const pretty = JSON.stringify(value, null, layout);
        expect(without(layout + pretty + layout)).toBe(JSON.stringify(value));
      }),
    ));

  it.each([
    ['spaces in a string', '{ "a b" : " \t " }', '{"a b":" \t "}'],
    ['an escaped quote', '[ " \\" " , " \\\\" , " " ]', '[" \\" "," \\\\"," "]'],
    ['characters of more bytes', '[ "é 中 😀" ]', '["é 中 😀"]'],
    ['other spaces than those of JSON', '[\u00a01,\u20281,\f1 ]', '[\u00a01,\u20281,\f1]'],
    ['a string without an end', '[ " a \\', '[" a \\'],
    ['a backslash outside of a string', '\\ " "', '\\" "'],
    ['nothing', '', ''],
  ])('keeps %s', (_name, text, expected) => {
    expect(without(text)).toBe(expected);
  });

  it('leaves the bytes that it was given as they are', () => {
    const bytes = Buffer.from('{ "a" : 1 }');
    withoutWhitespace(bytes);
    expect(bytes.toString()).toBe('{ "a" : 1 }');
  });
});
