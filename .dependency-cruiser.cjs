// The rooms of src/ and the arrows between them: who may import whom. Type-only imports count.
const rooms = {
  core: [],
  'search-space': ['core'],
  data: ['core'],
  cv: ['core', 'data'],
  tuners: ['core', 'search-space'],
  training: ['core', 'data'],
  'trial-runner': ['core', 'data', 'cv', 'training'],
  storage: ['core'],
  study: ['core', 'search-space', 'data', 'cv', 'tuners', 'training', 'trial-runner', 'storage'],
  report: ['core', 'search-space', 'storage'],
  cli: ['core', 'search-space', 'data', 'cv', 'tuners', 'training', 'trial-runner', 'storage', 'study', 'report'],
}

const arrows = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room}-imports-only-what-is-below`,
  comment: `src/${room} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other room'}.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...allowed].join('|')})/` },
}))

const only = (name, packages, home, allowTypes = false) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: home },
  to: { path: packages, ...(allowTypes ? { dependencyTypesNot: ['type-only'] } : {}) },
})

module.exports = {
  forbidden: [
    ...arrows,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    only('tfjs-at-home', 'node_modules/@tensorflow/', '^src/trial-runner/(engines|backends)/', true),
    only('sqlite-at-home', 'node_modules/better-sqlite3', '^src/storage/'),
    only('terminal-at-home', 'node_modules/(commander|log-update|string-width|@clack)', '^src/cli/'),
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
