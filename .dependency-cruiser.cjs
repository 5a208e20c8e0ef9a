/** The direction of imports: handlers → src → domain, never outward, never sideways. */
const room = (name, allowed) => ({
  name: `src/${name} knows only ${allowed.join(' and ')}`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^(src|handlers|test)/', pathNot: allowed.map((a) => `^src/${a}/`).concat(`^src/${name}/`) },
});

module.exports = {
  forbidden: [
    {
      name: 'src/domain imports nothing',
      comment: 'Verdicts are pure: no package, no Node, no other room.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    room('feishu', ['domain']),
    room('words', ['domain']),
    room('workbook', ['domain', 'words']),
    room('store', ['domain']),
    room('console', ['domain', 'words']),
    {
      name: 'src never imports handlers',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/local/' },
      to: { path: '^handlers/' },
    },
    {
      name: 'src/local is never bundled',
      severity: 'error',
      from: { path: '^(src|handlers)/', pathNot: '^src/local/' },
      to: { path: '^src/local/' },
    },
    { name: 'nothing imports test', severity: 'error', from: { path: '^(src|handlers)/' }, to: { path: '^test/' } },
    {
      name: 'only handlers/deps, the doctor and src/local know the environment',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(local/|doctor\\.ts$)' },
      to: { path: '^src/config\\.ts$' },
    },
    {
      name: 'only src/workbook and its rivals in the bench import exceljs',
      severity: 'error',
      from: { path: '^(src|handlers)/', pathNot: '^src/(workbook|local/bench)/' },
      to: { path: 'node_modules/exceljs' },
    },
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no package that package.json does not name',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    { name: 'no import that leads nowhere', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'src and handlers ship without devDependencies',
      severity: 'error',
      from: { path: '^(src|handlers)/', pathNot: '^src/local/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '@types/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
