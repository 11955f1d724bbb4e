/** How a form sets its timeline up; the rest of its parameters changes how cards look. */
export interface TimelineSettings {
  readonly showsActivities: boolean;
  readonly showsNotes: boolean;
  /** Logical names of the activities it shows; undefined: all of them. */
  readonly activities: readonly string[] | undefined;
  /** Activities the user cannot create from it. */
  readonly notCreated: ReadonlySet<string>;
  readonly opensQuickCreate: boolean;
  readonly pageSize: number;
  readonly isAscending: boolean;
  readonly sortColumn: string;
  /** What it asks for and is not emulated, by name. */
  readonly missing: readonly string[];
}

const defaultPageSize = 10;
const emulated = ['activities', 'notes'];
const sortColumns = ['modifiedon', 'createdon', 'sortdate', 'scheduledend', 'scheduledstart', 'actualend'];

/** Reads the parameters `UClient…` of the control, as FormXml.xsd names them. */
export function readTimelineSettings(given: ReadonlyMap<string, string>): TimelineSettings {
  const listOf = (name: string) =>
    (given.get(name) ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  const modules = listOf('UClientModules');
  const shown = (modules.length === 0 ? emulated : modules).map((one) => one.toLowerCase());
  const activities = listOf('UClientActivities').map((one) => one.toLowerCase());
  const sort = given.get('UClientSortActivitiesByValue')?.toLowerCase() ?? '';
  return {
    showsActivities: shown.includes('activities'),
    showsNotes: shown.includes('notes'),
    activities: activities.length === 0 ? undefined : activities,
    notCreated: new Set(notCreated(given.get('UClientActivitiesConfigurationJSON'))),
    opensQuickCreate: given.get('UClientCreateActivityUsing')?.toLowerCase() !== 'mainform',
    pageSize: Number(given.get('UClientRecordPerPage') ?? '') || defaultPageSize,
    isAscending: given.get('UClientOrderBy')?.toLowerCase() === 'ascending',
    sortColumn: sortColumns.includes(sort) ? sort : 'modifiedon',
    missing: [
      // Posts have no table here; a form that lists them by default is not wrong.
      ...shown.filter((one) => !emulated.includes(one) && one !== 'posts'),
      ...(given.has('UClientRecordSourcesJSON') ? ['UClientRecordSourcesJSON'] : []),
    ],
  };
}

function notCreated(json: string | undefined): string[] {
  try {
    const kinds = Object.entries(JSON.parse(json ?? '{}') as Record<string, { canCreate?: boolean } | null>);
    return kinds.filter(([, one]) => one?.canCreate === false).map(([name]) => name.toLowerCase());
  } catch {
    return [];
  }
}
