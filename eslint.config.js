import tseslint from 'typescript-eslint';

/** The three type-aware rules Biome does not have. A Lambda silently drops an unawaited promise. */
export default tseslint.config({
  files: ['src/**/*.{ts,tsx}', 'handlers/**/*.ts', 'test/**/*.ts', '.build/*.ts'],
  languageOptions: { parser: tseslint.parser, parserOptions: { project: './tsconfig.json' } },
  plugins: { '@typescript-eslint': tseslint.plugin },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': 'error',
  },
});
