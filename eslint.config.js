import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'test/client/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: './test/tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    // An insert of several rows writes the values it reads back, sorted by key, into the objects it was given.
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          "CallExpression[callee.object.name='manager'][callee.property.name='insert'][arguments.1.type!='ObjectExpression']",
          "CallExpression[callee.object.name='manager'][callee.property.name='save']",
          "CallExpression[callee.property.name='insert'][arguments.length=0]",
        ].map((selector) => ({
          selector,
          message: 'Insert one row as a literal, `manager.insert(Entity, { ...row })`, and several with `insertAll`.',
        })),
      ],
    },
  },
  // Jest loads its runtime and environment with `require`.
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
