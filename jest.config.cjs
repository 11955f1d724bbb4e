/** Unit, contract, scenario and architecture tests; `npm test` runs them all, `npm run check` the quick ones. */
const transform = {
  '\\.tsx?$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', tsx: true },
        target: 'es2022',
        transform: { react: { runtime: 'classic' } },
      },
    },
  ],
};
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test', '<rootDir>/examples'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  transform,
  // Jest reads CommonJS; these packages bring it beside their ES modules.
  moduleNameMapper: { '^(d3-[a-z-]+|internmap)$': '<rootDir>/node_modules/$1/dist/$1.js' },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.emulator', '/out/'],
  testTimeout: 60000,
};
