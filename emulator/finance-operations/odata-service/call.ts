import { bearerName, type HttpRequest } from '../../kernel/index.ts';
import type { Shapes } from '../../storage/index.ts';
import type { Condition } from '../../query/index.ts';
import type { DataEntity, EntityRow } from '../contract.ts';
import type { EntityDefinition } from '../entities/entity.ts';
import type { EntityStore } from '../entity-store.ts';
import { faults } from '../faults.ts';
import type { RowVersions } from '../row-versions/row-versions.ts';
import { hasPrivilege, privilegesFor } from '../security/event-privileges.ts';
import { allows, systemAdministrator, virtualEntityIntegration, type Right } from '../security/roles.ts';
import type { WorkSurroundings } from '../unit-of-work.ts';

export interface ServiceParts extends WorkSurroundings {
  readonly rowVersions: RowVersions;
  readonly shapes: Shapes;
  readonly strictAuth: boolean;
  /** Whether the applications Dataverse calls as are listed. */
  readonly trustsPowerPlatform: () => boolean;
  /** A user by e-mail, or the user of a listed application by its client id; undefined for somebody who is none. */
  readonly userByName: (name: string) =>
    | {
        readonly defaultCompany: string;
        readonly companies: readonly string[];
        readonly roles: readonly string[];
        /** Of the messages that are written for the user, e.g. `de`. */
        readonly language: string;
      }
    | undefined;
  readonly log: (text: string) => void;
}

export interface User {
  /** Undefined for the administrator: every company. */
  readonly companies: readonly string[] | undefined;
  readonly defaultCompany: string;
  readonly roles: readonly string[];
}

/** One request about a data entity. */
export interface Call {
  readonly request: HttpRequest;
  readonly entity: EntityDefinition;
  /** What its navigation properties may lead to, by AOT name: those of which the configuration key is on. */
  readonly entities: ReadonlyMap<string, EntityDefinition>;
  readonly options: ReadonlyMap<string, string>;
  readonly user: User;
  readonly crossCompany: boolean;
  /** What the path narrows the rows to: those a row above them leads to. */
  readonly within?: Condition | undefined;
  /** The virtual-table provider: rows carry their RecId. */
  readonly withRecId: boolean;
  readonly base: string;
}

/** Address of the service as the client has it. */
export const baseOf = (request: HttpRequest): string => `http://${request.headers['host'] ?? '127.0.0.1:7072'}/data`;

/** The virtual-table provider marks its calls. */
export const isVirtualTableCall = ({ headers }: HttpRequest): boolean => headers['x-ms-virtual-entity'] !== undefined;

/** Mark of a call for a page of rows, which are answered as lines of values. */
export const isVirtualPageCall = ({ headers }: HttpRequest): boolean => headers['x-ms-virtual-entity'] === 'page';

/** Mark of a call that is made as the application itself, for no user. */
const asApplication = 'application';
const integrationUser: User = { companies: undefined, defaultCompany: 'dat', roles: [virtualEntityIntegration] };

/** Name dual-write comes in by. */
export const dualWriteUser = 'dual-write';

/** @throws Fault for somebody who is no user here */
export function userOf(parts: ServiceParts, request: HttpRequest): User {
  const name = bearerName(request.headers);
  if (isVirtualTableCall(request)) {
    if (!parts.trustsPowerPlatform()) throw faults.applicationNotListed();
    if (request.headers['x-ms-virtual-entity'] === asApplication) return integrationUser;
  }
  const known = name === undefined ? undefined : parts.userByName(name);
  if (known !== undefined) return known;
  // The virtual-table provider brings the caller's name; somebody who is no user here gets nothing.
  if (isVirtualTableCall(request) && name !== undefined && name !== '') throw faults.notAuthorized(name);
  if (parts.strictAuth && name !== dualWriteUser) throw faults.notAuthorized(name ?? '');
  return { companies: undefined, defaultCompany: 'dat', roles: [systemAdministrator] };
}

/** Whether the request reaches this row: its company is one of the user's, and the default one unless it crosses them. */
export function isReached({ user, crossCompany, entity }: Call, row: EntityRow): boolean {
  if (!entity.isCompanyBound) return true;
  const company = String(row['dataAreaId']);
  if (user.companies !== undefined && !user.companies.includes(company)) return false;
  return crossCompany || user.companies === undefined || company === user.defaultCompany;
}

/** @throws Fault 403 for a company that is not one of the user's */
export function requireCompany(user: User, company: string): string {
  if (user.companies === undefined || user.companies.includes(company)) return company;
  throw faults.companyNotAllowed(company);
}

/** @throws Fault 403 when none of the user's roles has the right on the entity */
export function requireRight({ roles }: User, { set }: DataEntity, right: Right, store: EntityStore): void {
  const privileges = privilegesFor(set, right);
  if (privileges === undefined) {
    if (!allows(roles, set, right)) throw faults.accessDenied(right, set);
  } else if (!privileges.some((privilege) => hasPrivilege(roles, privilege, store)))
    throw faults.privilegeMissing(privileges[0]!);
}

export function companyFilter({
  entity,
  user,
  crossCompany,
}: Pick<Call, 'user' | 'crossCompany'> & { readonly entity: DataEntity }): Condition | undefined {
  if (!entity.isCompanyBound) return undefined;
  const left = { column: 'dataAreaId' };
  if (crossCompany) return user.companies === undefined ? undefined : { kind: 'in', left, values: [...user.companies] };
  return user.companies === undefined
    ? undefined
    : { kind: 'compare', left, operator: 'eq', right: user.defaultCompany };
}
