import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const noEnums = { selector: 'TSEnumDeclaration', message: 'Use a union of strings: it needs no code at run time.' }
const noClasses = {
  selector: ':matches(ClassDeclaration, ClassExpression):not([superClass.name=/Error$/])',
  message: 'Use plain data and functions; only errors are classes.',
}
const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message:
    'Export by name, so that a thing has one name everywhere. Only what a catalogue lists (a rule, a probe) is a default export.',
}

// The rules about who may import whom, and about files, processes and the environment, are in
// __tests__/architecture.test.ts; those below are the part of them that an editor should show while typing.
export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.tmp/', 'examples/', '**/fixtures/']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-control-regex': 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', noEnums, noClasses, noDefaultExport],
      'no-restricted-globals': [
        'error',
        { name: '__dirname', message: 'Does not exist in an ES module.' },
        { name: 'require', message: 'Does not exist in an ES module.' },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Numbers read well in messages; what this rule is for, objects and undefined, stays forbidden.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // An empty string is a value that was not given, in inputs and in the environment alike: `||` is meant there.
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { string: true }, ignoreTernaryTests: true, ignoreIfStatements: true },
      ],
      // It believes that what was looked at once stays so: `signal.aborted`, a property that a callback sets.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // `[...text]` is how to walk code points.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // `read<T>(name): T` is how a value that was checked against a list of words gets its type.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // A signature of `() => Promise<T>` is often met by a function that has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/action/**', 'src/cli/**', 'src/system/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Take the environment from the System that was passed in.' },
        { object: 'process', property: 'exit', message: 'Only the entries decide how the process ends.' },
      ],
    },
  },
  {
    files: ['src/system/**/*.ts', 'src/action/**/*.ts', 'src/cli/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/diagnosis/rules/**/*.ts', 'src/probes/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnums, noClasses] },
  },
  {
    files: ['__tests__/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', noEnums, noDefaultExport],
      // Tests index literal data that they have just written.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // They take a method out of a fake to call it.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.recommended],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly' } },
  },
)
