/** The set name of a table that does not state one: the platform's default plural. */
export function defaultSetName(logicalName: string): string {
  if (/[^aeiou]y$/.test(logicalName)) return `${logicalName.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(logicalName) ? `${logicalName}es` : `${logicalName}s`;
}

/** Intersect tables have set names of their own. */
export function intersectSetName(logicalName: string): string {
  const known: Record<string, string> = {
    systemuserroles: 'systemuserrolescollection',
    teamroles: 'teamrolescollection',
    teammembership: 'teammemberships',
    systemuserprofiles: 'systemuserprofilescollection',
    teamprofiles: 'teamprofilescollection',
    queuemembership: 'queuememberships',
    appmoduleroles: 'appmodulerolescollection',
  };
  return known[logicalName] ?? `${logicalName}set`;
}
