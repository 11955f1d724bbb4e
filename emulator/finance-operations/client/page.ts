import { createHash } from 'node:crypto';
import { escapeXml, type HttpResponse } from '../../kernel/index.ts';

/** Light and dark as the browser is; forced colours need nothing of it. */
const style = `
:root { color-scheme: light dark; font: 14px/20px 'Segoe UI', system-ui, sans-serif; }
body { margin: 0; background: light-dark(#faf9f8, #1b1a19); color: light-dark(#323130, #f3f2f1); }
header { padding: 12px 24px; background: light-dark(#002050, #0b1d3a); color: #fff; }
main { margin: 16px 24px; padding: 8px 24px 16px; background: light-dark(#fff, #252423); border-radius: 4px; }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 6px 8px; border-bottom: 1px solid light-dark(#edebe9, #3b3a39); text-align: start; vertical-align: top; overflow-wrap: break-word; }
td { max-width: 48ch; }
th[scope='col'] { white-space: nowrap; }
caption { padding: 0 8px 8px; text-align: start; }
main > table:has(th[scope='row']) { max-width: 64rem; }
main { overflow-x: auto; }
th { font-weight: 400; color: light-dark(#605e5c, #c8c6c4); }
`;
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** A page of the client. @param main its content, as markup */
export function page(title: string, company: string, main: string): HttpResponse {
  return {
    status: 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy },
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeXml(title)}</title>
<style>${style}</style></head>
<body><header>Finance and Operations · ${escapeXml(company.toUpperCase())}</header>
<main><h1>${escapeXml(title)}</h1>${main}</main></body></html>`,
  };
}
