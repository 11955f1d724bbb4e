import { applicationId } from '../../../../emulator/dual-write/application-user.ts';
import { readMaps } from '../../../../emulator/first-party.ts';
import type { MapDefinition } from '../../../../emulator/dual-write/index.ts';
import { aPlatform, type TestPlatform } from '../../../support/a-platform.ts';

// finance-operations reference, section 5.5: codes DIPV1000 to DIPV1031 (those of the shape of a map: maps.test.ts).
let there: TestPlatform;
beforeAll(async () => {
  there = await aPlatform();
  await act(name, 'stop');
}, 120_000);
afterAll(() => there.close());

const name = 'accounts - Customers V3';
const act = (map: string, verb: string, given: object = {}) =>
  there.platform.dualWrite.act(map, verb, given as Record<string, unknown>);
const shipped = (map: string) => readMaps().find((one) => one.displayName === map)!;
type Leg = {
  -readonly [Key in keyof MapDefinition['mapping']['legs'][number]]: MapDefinition['mapping']['legs'][number][Key];
};
type Pair = Leg['fieldMappings'][number];

/** A version of the map with its first leg changed, saved: it is refused with the text. */
async function refusedWith(text: string | RegExp, change: (leg: Leg) => void, more: object = {}) {
  const { mapping } = structuredClone(shipped(name));
  change(mapping.legs[0] as Leg);
  const saved = act(name, 'save', { publisher: 'Contoso', version: '3.0.0.0', mapping, ...more });
  await expect(saved).rejects.toMatchObject({ wire: { status: 400, code: 'InvalidTableMap' } });
  await expect(saved).rejects.toThrow(text);
}
const add = (leg: Leg, ...pairs: readonly Partial<Pair>[]) =>
  void (leg.fieldMappings = [
    ...leg.fieldMappings,
    ...pairs.map((pair) => ({ syncDirection: 3, valueTransforms: [], ...pair }) as unknown as Pair),
  ]);

test.each<[string, (leg: Leg) => void]>([
  ["DIPV1005: Missing environment info for dataset 'Customers V3'", (leg) => (leg.sourceEnvironmentType = 'UNDEFINED')],
  ["DIPV1005: Missing environment info for dataset 'accounts'", (leg) => (leg.destinationEnvironmentType = '')],
  [
    "DIPV1007: Task has environment 'SQL' that doesn't exist in the connection set: it has AX, CRM.",
    (leg) => (leg.destinationEnvironmentType = 'SQL'),
  ],
  [
    "DIPV1027: Map the integration key associated with the entity lookup field 'primarycontactid' to the destination field.",
    (leg) => add(leg, { sourceField: 'SALESMEMO', destinationField: 'primarycontactid' }),
  ],
  [
    "DIPV1028: Map the integration key associated with the entity lookup field 'primarycontactid' to the source field.",
    (leg) => add(leg, { sourceField: 'SALESMEMO', destinationField: 'primarycontactid', syncDirection: 2 }),
  ],
  [
    "DIPV1029: Duplicate value map: 'CREDITLIMIT' and 'creditlimit' are paired more than once.",
    (leg) => add(leg, { sourceField: 'CREDITLIMIT', destinationField: 'creditlimit', syncDirection: 2 }),
  ],
  [
    "DIPV1031: Missing default transform for mandatory destination field 'SALESCURRENCYCODE'.",
    (leg) => add(leg, { sourceField: 'SALESCURRENCYCODE', destinationField: '', syncDirection: 2 }),
  ],
  [
    "DIPV1031: Missing default transform for mandatory destination field 'name'.",
    (leg) => add(leg, { sourceField: '', destinationField: 'name', syncDirection: 1 }),
  ],
  [
    'DIPV1001: Exceptions encountered during Dual-write project validation: ',
    (leg) => (leg.fieldMappings = null as unknown as Leg['fieldMappings']),
  ],
])('%s', (text, change) => refusedWith(text, change));

test('DIPV1006: of a project of the Data Integrator', () =>
  refusedWith(
    'DIPV1006: Exceptions encountered during project validation: ',
    (leg) => (leg.fieldMappings = null as unknown as Leg['fieldMappings']),
    { properties: { IsDualWriteProject: false } },
  ));

// Cases belong to no company, the accounts behind their customer do.
test('DIPV1017: a map without companies leads to no row that has one', () =>
  refusedWith(
    "DIPV1017: Missing Organization mapping for related entity 'account': it is company-specific, 'incident' is not.",
    (leg) => {
      leg.sourceSchema = 'Currencies';
      leg.destinationSchema = 'incidents';
      leg.fieldMappings = [];
      add(leg, { sourceField: 'NAME', destinationField: 'customerid.Account(accountnumber)' });
    },
  ));

describe('a map is not started', () => {
  const user = async () =>
    `systemusers(${(await there.dataverse('GET', `systemusers?$filter=applicationid eq ${applicationId}`)).body.value[0].systemuserid})`;
  const companies = async () => (await there.dataverse('GET', 'cdm_companies')).body.value;
  const enable = async (isEnabled: boolean, of: readonly { readonly cdm_companyid: string }[]) => {
    for (const { cdm_companyid } of of)
      await there.dataverse('PATCH', `cdm_companies(${cdm_companyid})`, {
        body: { cdm_isenabledfordualwrite: isEnabled },
      });
  };
  const refusedToStart = async (text: string) => {
    await expect(act(name, 'start')).rejects.toThrow(text);
    await expect(act(name, 'initial-write')).rejects.toThrow(text);
    expect((await there.platform.dualWrite.map(name)).status).toBe('Not running');
  };

  test('DIPV1000: without the application user, or finance and operations', async () => {
    await there.dataverse('PATCH', await user(), { body: { isdisabled: true } });
    await refusedToStart('DIPV1000: Connection validation failed: The user is not a member of the organization.');
    await there.dataverse('PATCH', await user(), { body: { isdisabled: false } });
    there.platform.faultRules.add({
      ...{
        id: 'down',
        where: 'finance-operations',
        match: {},
        effect: { drop: true } as const,
        when: 'before' as const,
      },
    });
    await refusedToStart('DIPV1000: Connection validation failed: Unable to connect to the remote server');
    there.platform.faultRules.remove();
  });

  test('DIPV1016: without a company that is enabled', async () => {
    const enabled = (await companies()).filter(
      (one: { cdm_isenabledfordualwrite: boolean }) => one.cdm_isenabledfordualwrite,
    );
    await enable(false, enabled);
    await refusedToStart("DIPV1016: Missing Organization mapping for destination entity 'account'");
    await enable(true, enabled);
  });

  test('DIPV1008: with a company whose legal entity has gone', async () => {
    await act('cdm_companies - Legal entities', 'stop');
    const body = { cdm_companycode: 'gone', cdm_name: 'Gone', cdm_isenabledfordualwrite: true };
    await there.dataverse('POST', 'cdm_companies', { body });
    await refusedToStart("DIPV1008: Data partition isn't valid: there is no legal entity 'gone'.");
    await enable(
      false,
      (await companies()).filter((one: { cdm_companycode: string }) => one.cdm_companycode === 'gone'),
    );
    expect(await act(name, 'start')).toMatchObject({ status: 'Running' });
  });
});
