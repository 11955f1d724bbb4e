#!/usr/bin/env node
// What `pac` is on a real machine; the TypeScript behind it runs as it stands.
require('tsx/cjs');
const { pac } = require('./pac.ts');

pac(process.argv.slice(2), { cwd: process.cwd(), env: process.env, write: (text) => process.stdout.write(text) }).then(
  (code) => {
    process.exitCode = code;
  },
);
