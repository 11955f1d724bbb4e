/** The documents a case may name as its source, by the short name that begins it. */
export const documents = {
  /** Dataverse developer guide. */
  dev: 'https://learn.microsoft.com/power-apps/developer/data-platform/',
  /** Administration of Power Platform. */
  admin: 'https://learn.microsoft.com/power-platform/admin/',
  /** Articles of support. */
  support: 'https://learn.microsoft.com/troubleshoot/power-platform/dataverse/',
  /** The protocol Dataverse implements. */
  odata: 'https://docs.oasis-open.org/odata/odata/v4.0/',
} as const;

/** @returns the address of a source such as `dev webapi/query/filter-rows`; undefined for one that is none */
export function addressOf(source: string): string | undefined {
  const [, name, page] = /^(\w+) (\S+)/.exec(source) ?? [];
  const base = name === undefined ? undefined : documents[name as keyof typeof documents];
  return base === undefined || page === undefined ? undefined : base + page;
}
