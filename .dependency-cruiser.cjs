/** Who may import whom; the table is in docs/architecture.md, the reason is printed with a broken rule. */
const emulatorRoom = (name) => `^emulator/${name}/`;
const others = (...allowed) => `^emulator/(?!(${allowed.join('|')})/)`;
/** A service's door: its contract and its index. */
const door = '^emulator/(dataverse|finance-operations)/(contract|index|metadata/model)\\.ts$';

function room(name, allowed, comment) {
  return {
    name: `emulator/${name}`,
    comment,
    severity: 'error',
    from: { path: emulatorRoom(name) },
    to: { path: [others(name, ...allowed), '^(alm|controls|plugins-ts|test|bench|examples)/'] },
  };
}

/** A room that reaches the two services through their doors only. */
function overServices(name, allowed, comment) {
  return {
    name: `emulator/${name}`,
    comment,
    severity: 'error',
    from: { path: emulatorRoom(name) },
    to: {
      path: [others(name, ...allowed), '^(alm|controls|plugins-ts|test|bench|examples|packaging)/'],
      pathNot: door,
    },
  };
}

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Files that need each other are one idea in two places: join them, or move the shared part down.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that cannot be found fails only when that line runs.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'not-to-dev-dep',
      comment: '`npm start` runs on the dependencies; test tools must not be needed for it.',
      severity: 'error',
      from: { path: '^(emulator|packaging)/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
    },
    room('kernel', [], 'The kernel has no platform words: everything may stand on it because it stands on nothing.'),
    room(
      'query',
      ['kernel'],
      'The query tree knows no URL, no XML and no store, so that every reader and every store can meet in it.',
    ),
    room('storage', ['kernel', 'query'], 'Storage runs query trees; who wrote them is not its business.'),
    room('odata', ['kernel', 'query'], 'OData text becomes a query tree; names and stores belong to the services.'),
    room(
      'fetchxml',
      ['kernel', 'query', 'odata'],
      'FetchXML becomes the same query tree; it shares the date functions with OData.',
    ),
    {
      ...room(
        'dataverse',
        ['kernel', 'query', 'storage', 'odata', 'fetchxml'],
        'Dataverse must not know finance and operations: the real one calls it over the network.',
      ),
    },
    room(
      'finance-operations',
      ['kernel', 'query', 'storage', 'odata'],
      'Finance and operations must not know Dataverse: the two meet in dual-write and virtual-tables.',
    ),
    overServices(
      'virtual-tables',
      ['kernel', 'query'],
      'The provider stands between the services and uses their doors only, as the real one does.',
    ),
    overServices(
      'dual-write',
      ['kernel', 'query', 'storage', 'odata'],
      'Dual-write stands between the services and uses their doors only; the filters of a map are OData.',
    ),
    overServices(
      'events',
      ['kernel', 'query', 'storage'],
      'Events stand between the services and use their doors only; what a virtual row looks like is handed in.',
    ),
    room(
      'environment-link',
      ['kernel', 'storage'],
      'The link is a state with its checks; what comes and goes with it is told by who asks.',
    ),
    overServices(
      'provisioning',
      ['kernel', 'query'],
      'Provisioning keeps its history in Dataverse and deploys to finance and operations: through their doors.',
    ),
    overServices(
      'add-ins',
      ['kernel', 'query'],
      'Add-ins are customers of the two services, as those of the platform are; what they install is handed in.',
    ),
    room(
      'flow-runtime',
      ['kernel', 'storage'],
      'Flows speak HTTP to Dataverse, as the real runtime does; the store is for run history.',
    ),
    room('identity', ['kernel'], 'Tokens name users; who they are is handed in.'),
    room('web-host', ['kernel'], 'The web host is a client: everything it shows comes over the Web API.'),
    {
      name: 'nobody-imports-start',
      comment: 'Only the files beside the rooms know every room; a room that imports one knows them all.',
      severity: 'error',
      from: { path: '^emulator/[^/]+/' },
      to: { path: '^emulator/[^/]+\\.ts$' },
    },
    {
      name: 'nobody-imports-console',
      comment: 'The console looks into every room; a room that imports it would look into all of them.',
      severity: 'error',
      from: { path: '^emulator/(?!console/)[^/]+/' },
      to: { path: '^emulator/console/' },
    },
    {
      name: 'packaging-is-a-format',
      comment: 'packaging/ is the solution package as a format; alm and the importer stand on it.',
      severity: 'error',
      from: { path: '^packaging/' },
      to: { path: '^(emulator|alm|controls|plugins-ts|test|bench)/' },
    },
    {
      name: 'alm-without-emulator',
      comment: 'alm works on files and on real environments; it must not need the emulator.',
      severity: 'error',
      from: { path: '^alm/' },
      to: { path: '^(emulator|controls|plugins-ts|test|bench)/' },
    },
    {
      name: 'alm-is-not-imported',
      comment: 'alm holds commands. The start builds the zip through one of them; nothing else may.',
      severity: 'error',
      from: { path: '^(packaging|controls|plugins-ts|emulator/(?!start\\.ts$))' },
      to: { path: '^alm/' },
    },
    {
      name: 'controls-stand-alone',
      comment: 'A control runs in a browser it does not own: itself, controls/shared, React and Fluent UI only.',
      severity: 'error',
      from: { path: '^controls/([^/]+)/' },
      to: {
        path: '^(?!controls/($1|shared)/)(controls|emulator|alm|packaging|plugins-ts|test)/|^node_modules/(?!(react|@fluentui|@types)/)',
      },
    },
    {
      name: 'controls-no-node',
      comment: 'Controls and form scripts run in the browser.',
      severity: 'error',
      from: { path: '^(controls|plugins-ts)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'form-scripts-stand-alone',
      comment:
        'A table’s form scripts hold its own rules and plugins-ts/shared; another table’s rules would load twice.',
      severity: 'error',
      from: { path: '^plugins-ts/([^/]+)/' },
      to: { path: '^(?!plugins-ts/($1|shared)/)(controls|emulator|alm|packaging|plugins-ts|test|node_modules)/' },
    },
    {
      name: 'nobody-imports-tests',
      comment: 'Nothing that ships may lean on a test.',
      severity: 'error',
      from: { pathNot: '^(test|bench)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|generated|dist|\\.emulator)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.json'],
      mainFields: ['main', 'types'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
