import powerApps from '@microsoft/eslint-plugin-power-apps';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/generated/**', '**/out/**', 'dist/**', 'node_modules/**', '.emulator/**'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // What ships to the browser keeps the rules solution checker applies to web resources and controls.
    files: ['controls/**/*.{ts,tsx}', 'plugins-ts/**/*.ts'],
    plugins: { '@microsoft/power-apps': powerApps, 'react-hooks': hooks },
    rules: { ...powerApps.configs.paCheckerHosted.rules, ...hooks.configs.recommended.rules },
  },
  {
    files: ['emulator/web-host/client/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
);
