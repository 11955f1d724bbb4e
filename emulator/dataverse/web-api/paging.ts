import { faults } from '../faults.ts';

/** Where the next page begins. Clients treat the token as opaque; its form is the platform's cookie. */
export function nextLink(url: string, page: number): string {
  const cookie = `<cookie pagenumber="${page}" pagingcookie="" istracking="False" />`;
  const plain = url.replace(/([?&])\$skiptoken=[^&]*&?/, '$1').replace(/[?&]$/, '');
  return `${plain}${plain.includes('?') ? '&' : '?'}$skiptoken=${encodeURIComponent(cookie)}`;
}

/** @throws Fault for a token that is not one of ours */
export function readSkipToken(token: string): number {
  const page = /pagenumber="(\d+)"/.exec(token)?.[1];
  if (page === undefined || Number(page) < 1) throw faults.queryNotSupported('The $skiptoken is not valid.');
  return Number(page);
}
