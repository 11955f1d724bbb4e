import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Chromium talks to nobody but the page under test. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A Chromium to test in: the one `CHROMIUM_PATH` names, else Debian's, else the copy inside @sparticuz/chromium, which
 * unpacks itself and its libraries to the temporary folder on first use.
 */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'] ?? '';
  if (named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which is not there.`);
    return named;
  }
  if (existsSync('/usr/bin/chromium')) return '/usr/bin/chromium';
  // Makes the package unpack the shared libraries a bare machine lacks.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const executable = await packaged.executablePath();
  process.env['LD_LIBRARY_PATH'] ??= '/tmp/al2023/lib';
  return executable;
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: quiet, headless: true });
}
