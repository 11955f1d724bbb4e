import { membersOf } from './members-of';

const xmlEncode = (text: string): string => text.replaceAll(/[^\w .,-]/gu, (sign) => `&#${sign.codePointAt(0)};`);

/** `Xrm.Encoding`. */
export const encoding = membersOf('Xrm.Encoding', {
  xmlEncode,
  xmlAttributeEncode: xmlEncode,
  htmlEncode: xmlEncode,
  htmlAttributeEncode: (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  htmlDecode: (text: string) => new DOMParser().parseFromString(text, 'text/html').documentElement.textContent ?? '',
});
