import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { HttpHandler, HttpResponse } from '../../kernel/index.ts';

export interface WebHostParts {
  readonly version: string;
  readonly log: (text: string) => void;
}

export interface WebHost {
  readonly handle: HttpHandler;
  /** Bundles the client; the pages need it. */
  build(): Promise<void>;
}

const root = join(__dirname, '../../..');
const cache = join(root, 'node_modules/.cache/fno-connect');

/** Nothing but this origin is ever asked; scripts come from files only. */
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'";

const common = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-cache' };

/** Libraries every control may ask for, as they come in their packages; React and Fluent UI are loaded once for all. */
const libraries: Readonly<Record<string, string>> = {
  'react.js': 'react/umd/react.production.min.js',
  'react-dom.js': 'react-dom/umd/react-dom.production.min.js',
  'fluent.js': '@fluentui/react/dist/fluentui-react.umd.js',
};

const scripts = ['before-libraries.js', 'react.js', 'react-dom.js', 'fluent.js', 'after-libraries.js', 'client.js'];

/**
 * Runs before the libraries: without it Fluent UI fetches fonts from a CDN. Icons are SVG of our own; an icon that is not
 * among them is asked for here and stays empty.
 */
const beforeLibraries = `window.FabricConfig = { iconBaseUrl: '/_static/icons/', fontBaseUrl: '' };`;

/** Runs after them: the names control bundles expect, and the place they register at. */
const afterLibraries = `window.Reactv16 = window.React; window.ReactDOMv16 = window.ReactDOM; window.FluentUIReactv81211 = window.FluentUIReact; window.FluentUIReactv8290 = window.FluentUIReact;
window.ComponentFramework = { controls: {}, registerControl: function (name, control) { this.controls[name] = control; } };`;

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Power Apps</title>
<link rel="icon" href="/favicon.ico">
<link rel="stylesheet" href="/_static/client.css">
</head>
<body>
<div id="root"><noscript>This page needs JavaScript.</noscript></div>
${scripts.map((script) => `<script src="/_static/${script}"></script>`).join('\n')}
</body>
</html>`;

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#742774"/><path d="M9 16l7-8 7 8-7 8z" fill="#fff"/></svg>';

/** The model-driven app in the browser: pages and their scripts. Everything shown comes over the Web API. */
export function createWebHost({ log }: WebHostParts): WebHost {
  const files = new Map<string, { readonly type: string; readonly body: Buffer }>();
  const script = (name: string, body: string | Buffer) =>
    files.set(name, { type: 'text/javascript; charset=utf-8', body: Buffer.from(body) });

  return {
    async build() {
      mkdirSync(cache, { recursive: true });
      const result = await build({
        absWorkingDir: root,
        entryPoints: { client: 'emulator/web-host/client/main.tsx' },
        outdir: cache,
        bundle: true,
        write: false,
        minify: true,
        format: 'iife',
        target: 'es2020',
        jsx: 'transform',
        define: { 'process.env.NODE_ENV': '"production"' },
        plugins: [globals({ react: 'React', 'react-dom': 'ReactDOM', '@fluentui/react': 'FluentUIReact' })],
        logLevel: 'silent',
      });
      for (const { path, contents } of result.outputFiles) {
        const isStyle = path.endsWith('.css');
        files.set(isStyle ? 'client.css' : 'client.js', {
          type: isStyle ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
          body: Buffer.from(contents),
        });
      }
      for (const [name, path] of Object.entries(libraries)) {
        const file = join(root, 'node_modules', path);
        if (!existsSync(file)) throw new Error(`The web host needs ${path}, which is not installed. Run npm ci.`);
        script(name, readFileSync(file));
      }
      script('before-libraries.js', beforeLibraries);
      script('after-libraries.js', afterLibraries);
      log('bundled the web host');
    },
    async handle(request): Promise<HttpResponse> {
      const path = request.url.split('?', 1)[0]!;
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return text(405, `${request.method} is not allowed here.`);
      if (path === '/favicon.ico')
        return { status: 200, headers: { 'Content-Type': 'image/svg+xml', ...common }, body: icon };
      if (/^\/integration-centre\/?$/.test(path))
        return { status: 302, headers: { Location: '/integration-centre/link', ...common }, body: '' };
      if (path === '/' || path.toLowerCase() === '/main.aspx' || path.startsWith('/integration-centre/'))
        return {
          status: 200,
          headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy, ...common },
          body: page,
        };
      const file = files.get(path.replace(/^\/_static\//, ''));
      if (path.startsWith('/_static/') && file !== undefined)
        return { status: 200, headers: { 'Content-Type': file.type, ...common }, body: file.body };
      return text(404, `There is nothing at ${path}.`);
    },
  };
}

function text(status: number, body: string): HttpResponse {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...common }, body };
}

/** Takes packages from globals of the page instead of bundling them. */
function globals(names: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'globals',
    setup(builder) {
      builder.onResolve({ filter: /^(react|react-dom|@fluentui\/react)$/ }, ({ path }) => ({
        path,
        namespace: 'global',
      }));
      builder.onLoad({ filter: /.*/, namespace: 'global' }, ({ path }) => ({
        contents: `module.exports = window.${names[path]};`,
        loader: 'js',
      }));
    },
  };
}
