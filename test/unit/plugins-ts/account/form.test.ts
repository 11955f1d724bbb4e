import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onLoad, onSave } from '../../../../plugins-ts/account/index.ts';
import {
  FakeForm,
  installXrm,
  promisesDone,
  type FakeXrm,
  type FormOptions,
  type XrmOptions,
} from '../../../support/xrm.ts';

const accountId = '{AAAAAAAA-0000-0000-0000-000000000001}';
const company = [{ id: '{C}', entityType: 'cdm_company', name: 'USMF' }];
const refusedAddress = JSON.stringify({
  RecordError0: "Write failed for entity Customers V3 with unknown exception - The state 'QQ' <b>does not exist</b>.",
});
const unreachable =
  'An unexpected error occurred from ISV code. (ErrorType = ClientError) Unexpected exception from plug-in (Execute): ' +
  'Microsoft.Dynamics.Integrator.DualWriteRuntime.Plugins.PostCommitPlugin: System.Exception: failed to process entity account - (Unable to connect)';

const saved = {
  name: 'Contoso',
  accountnumber: 'US-001',
  msdyn_company: company,
  customertypecode: 3,
  creditlimit: 2000,
  address1_line1: '1 Main St',
  address1_city: 'Seattle',
  address1_stateorprovince: 'WA',
  address1_postalcode: '98101',
  address1_county: null,
  address1_country: 'US',
  address2_line1: '2 Side St',
  address2_city: 'Seattle',
  address2_stateorprovince: 'WA',
  address2_postalcode: '98102',
  address2_county: null,
  address2_country: 'US',
};

const versions = { accountMap: '1.0.0.4', addressBook: '1.0.0.5' } as const;

/** Answers what the form script reads: the running map, its definition, the address rows. */
function rowsOf(generation: keyof typeof versions | 'notKnown') {
  return (table: string): Record<string, unknown>[] => {
    if (table === 'customeraddress')
      return [1, 2].map((addressnumber) => ({ addressnumber, customeraddressid: `row-${addressnumber}` }));
    if (generation === 'notKnown') return [];
    const [Major, Minor, Build, Revision] = versions[generation].split('.').map(Number);
    if (table === 'msdyn_dualwriteruntimeconfig')
      return [
        {
          msdyn_externalentityname: 'Customers V3',
          msdyn_unsecure: JSON.stringify({ EntityMapVersion: { Major, Minor, Build, Revision } }),
        },
      ];
    const file = `emulator/first-party/msdyn_DualWriteCore/maps/accounts-customers-v3.${versions[generation]}.json`;
    const map = JSON.parse(readFileSync(join(__dirname, '../../../..', file), 'utf8')) as Record<string, unknown>;
    return [{ msdyn_name: map['name'], msdyn_mapping: JSON.stringify(map['mapping']) }];
  };
}

interface Opened {
  readonly form: FakeForm;
  readonly xrm: FakeXrm;
}

async function open(
  generation: keyof typeof versions | 'notKnown',
  given: FormOptions = {},
  xrmOptions: XrmOptions = {},
): Promise<Opened> {
  const xrm = installXrm({ retrieveMultipleRecords: rowsOf(generation), ...xrmOptions });
  const form = new FakeForm({ id: accountId, values: saved, ...given });
  form.onSave = onSave as never;
  onLoad(form.event());
  await promisesDone();
  return { form, xrm };
}

/** What the change sets wrote: id → columns. */
const written = ({ executed }: FakeXrm) =>
  executed.map(([changeSet]) =>
    (changeSet as { etn: string; id: string; payload: object; getMetadata(): object }[]).map((request) => ({
      table: request.etn,
      id: request.id,
      payload: request.payload,
      metadata: request.getMetadata(),
    })),
  );

describe('the key', () => {
  test('is locked once it is saved', async () => {
    const { form } = await open('accountMap');
    expect(form.controls.get('accountnumber')!.isDisabled).toBe(true);
    expect(form.controls.get('msdyn_company')!.isDisabled).toBe(true);
    expect(form.controls.get('name')!.isDisabled).toBe(false);
  });

  test('can be typed into on a new account, and is locked by its first save', async () => {
    const { form } = await open('accountMap', { id: '' });
    expect(form.controls.get('accountnumber')!.isDisabled).toBe(false);
    await form.save();
    expect(form.controls.get('accountnumber')!.isDisabled).toBe(true);
  });

  test('is not locked while what was typed is not saved', async () => {
    const { form } = await open('accountMap', { values: { ...saved, accountnumber: null } });
    form.type('accountnumber', 'US-009');
    onLoad(form.event());
    expect(form.controls.get('accountnumber')!.isDisabled).toBe(false);
  });

  test('stays open where it is still empty', async () => {
    const { form } = await open('accountMap', { values: { ...saved, accountnumber: null } });
    expect(form.controls.get('accountnumber')!.isDisabled).toBe(false);
    expect(form.controls.get('msdyn_company')!.isDisabled).toBe(true);
  });
});

describe('whether the account takes part in dual-write', () => {
  const notice = (form: FakeForm) => form.notifications.get('fno-takes-part');

  test('is not mentioned when it does', async () => {
    expect(notice((await open('accountMap')).form)).toBeUndefined();
  });

  test.each([
    ['has no company', { msdyn_company: null }, 'has no company'],
    ['has an empty company', { msdyn_company: [] }, 'has no company'],
    ['is no customer', { customertypecode: 10 }, 'not a customer'],
    ['has no relationship type', { customertypecode: null }, 'not a customer'],
  ])('is said when it %s', async (_case, values, words) => {
    const { form } = await open('accountMap', { values: { ...saved, ...values } });
    expect(notice(form)).toEqual({ level: 'INFO', text: expect.stringContaining(words) });
  });

  test('follows what is typed', async () => {
    const { form } = await open('accountMap', { values: { ...saved, customertypecode: 10 } });
    form.type('customertypecode', 3);
    expect(notice(form)).toBeUndefined();
    form.type('msdyn_company', null);
    expect(notice(form)!.text).toContain('no company');
  });

  test('is not judged by columns the form lacks', async () => {
    const { form } = await open('accountMap', { values: { name: 'Contoso' } });
    expect(notice(form)).toBeUndefined();
  });

  test('is said in German to a German user', async () => {
    const { form } = await open('accountMap', { values: { ...saved, msdyn_company: null } }, { languageId: 1031 });
    expect(notice(form)!.text).toContain('Unternehmen');
  });
});

describe('with the addresses in the account map', () => {
  test('a save goes its ordinary way', async () => {
    const { form, xrm } = await open('accountMap');
    form.type('address1_city', 'Tacoma');
    expect(await form.save()).toBe(true);
    expect(form.saves).toEqual([{ address1_city: 'Tacoma' }]);
    expect(xrm.executed).toEqual([]);
  });

  test('a refusal about the address is shown beside it and in the form, as text, and keeps what was typed', async () => {
    const { form } = await open('accountMap', {
      onServerSave: () => {
        throw new Error(refusedAddress);
      },
    });
    form.type('address1_stateorprovince', 'QQ');
    expect(await form.save()).toBe(false);
    const words = "The state 'QQ' <b>does not exist</b>.";
    expect(form.controls.get('address1_line1')!.errors.get('fno-address-refused')).toBe(words);
    expect(form.notifications.get('fno-refused')).toEqual({
      level: 'ERROR',
      text: `Finance and operations did not accept the change, and nothing was saved: ${words}`,
    });
    expect(form.value('address1_stateorprovince')).toBe('QQ');
  });

  test('changing the address takes the error off it, so that the form can be saved again', async () => {
    let isRefusing = true;
    const { form } = await open('accountMap', {
      onServerSave: () => {
        if (isRefusing) throw new Error(refusedAddress);
      },
    });
    form.type('address1_stateorprovince', 'QQ');
    await form.save();
    isRefusing = false;
    expect(await form.save()).toBe(false);
    form.type('address1_stateorprovince', 'OR');
    expect(await form.save()).toBe(true);
    expect(form.notifications.has('fno-refused')).toBe(false);
    expect(form.controls.get('address1_line1')!.errors.size).toBe(0);
  });

  test('a refusal about something else stays off the address', async () => {
    const { form } = await open('accountMap', {
      onServerSave: () => {
        throw new Error(
          '{"RecordError0":"Write failed for entity Customers V3 with unknown exception - Credit limit must not be negative."}',
        );
      },
    });
    form.type('creditlimit', -1);
    await form.save();
    expect(form.notifications.get('fno-refused')!.text).toContain('Credit limit must not be negative.');
    expect(form.controls.get('address1_line1')!.errors.size).toBe(0);
  });

  test('finance and operations being out of reach is said in words of ours, and the same save can be tried again', async () => {
    let isDown = true;
    const { form } = await open('accountMap', {
      onServerSave: () => {
        if (isDown) throw new Error(unreachable);
      },
    });
    form.type('address2_city', 'Tacoma');
    await form.save();
    const { text } = form.notifications.get('fno-refused')!;
    expect(text).toContain('could not be reached');
    expect(text).not.toContain('Integrator');
    expect([...form.controls.get('address1_line1')!.recommendations.values()]).toEqual([text]);
    isDown = false;
    expect(await form.save()).toBe(true);
    expect(form.notifications.has('fno-refused')).toBe(false);
    expect(form.controls.get('address1_line1')!.recommendations.size).toBe(0);
  });

  test('out of reach while no address was changed says nothing at the address', async () => {
    const { form } = await open('accountMap', {
      onServerSave: () => {
        throw new Error(unreachable);
      },
    });
    form.type('creditlimit', 3000);
    await form.save();
    expect(form.controls.get('address1_line1')!.recommendations.size).toBe(0);
  });

  test('a failure without a reason still says that nothing was saved', async () => {
    const { form } = await open('accountMap', {
      onServerSave: () => {
        throw new Error('');
      },
    });
    form.type('name', 'Fabrikam');
    await form.save();
    expect(form.notifications.get('fno-refused')!.text).toBe('The account could not be saved: no reason was given');
  });
});

describe('with the addresses in the address book', () => {
  test('a save without changed addresses goes its ordinary way', async () => {
    const { form, xrm } = await open('addressBook');
    form.type('creditlimit', 3000);
    expect(await form.save()).toBe(true);
    expect(xrm.executed).toEqual([]);
  });

  test('changed addresses go to their rows in one change set, and the account is not saved for them', async () => {
    const { form, xrm } = await open('addressBook');
    form.type('address1_city', 'Tacoma');
    form.type('address2_line1', '3 New St');
    expect(await form.save()).toBe(false);
    await promisesDone();
    const metadata = { boundParameter: null, parameterTypes: {}, operationType: 2, operationName: 'Update' };
    expect(written(xrm)).toEqual([
      [
        {
          table: 'customeraddress',
          id: 'row-1',
          metadata,
          payload: {
            line1: '1 Main St',
            city: 'Tacoma',
            stateorprovince: 'WA',
            postalcode: '98101',
            county: null,
            country: 'US',
          },
        },
        {
          table: 'customeraddress',
          id: 'row-2',
          metadata,
          payload: {
            line1: '3 New St',
            city: 'Seattle',
            stateorprovince: 'WA',
            postalcode: '98102',
            county: null,
            country: 'US',
          },
        },
      ],
    ]);
    expect(xrm.requests.filter((request) => request.startsWith('customeraddress'))).toEqual([
      'customeraddress?$select=customeraddressid,addressnumber&$filter=_parentid_value eq AAAAAAAA-0000-0000-0000-000000000001 and (addressnumber eq 1 or addressnumber eq 2)',
    ]);
    expect(form.saves).toEqual([]);
    expect(form.refreshes).toBe(1);
    expect(xrm.progress).toBe(0);
  });

  test('only the changed address is written', async () => {
    const { form, xrm } = await open('addressBook');
    form.type('address2_city', null);
    await form.save();
    await promisesDone();
    expect(written(xrm)[0]!.map(({ id, payload }) => [id, (payload as { city: unknown }).city])).toEqual([
      ['row-2', null],
    ]);
  });

  test('other changes are saved after the addresses and without them', async () => {
    const { form, xrm } = await open('addressBook');
    form.type('address1_city', 'Tacoma');
    form.type('creditlimit', 3000);
    await form.save();
    await promisesDone();
    expect(xrm.executed).toHaveLength(1);
    expect(form.saves).toEqual([{ creditlimit: 3000 }]);
    expect(form.refreshes).toBe(1);
    form.type('address1_city', 'Olympia');
    expect(form.context.getAttribute('address1_city')!.getSubmitMode()).toBe('dirty');
  });

  test('a second click while the first is under way sends nothing twice', async () => {
    const { form, xrm } = await open('addressBook');
    form.type('address1_city', 'Tacoma');
    form.type('creditlimit', 3000);
    expect(await Promise.all([form.save(), form.save(), form.save()])).toEqual([false, false, false]);
    await promisesDone();
    expect(xrm.executed).toHaveLength(1);
    expect(form.saves).toHaveLength(1);
  });

  test.each([
    ['rejects', () => Promise.reject({ errorCode: 0x80040265, message: refusedAddress })],
    [
      'answers that it is not ok',
      () => Promise.resolve([{ ok: false, status: 400, json: async () => ({ error: { message: refusedAddress } }) }]),
    ],
  ])('a refusal, when the change set %s, saves nothing and keeps what was typed', async (_how, executeMultiple) => {
    const { form, xrm } = await open('addressBook', {}, { executeMultiple });
    form.type('address1_stateorprovince', 'QQ');
    form.type('creditlimit', 3000);
    await form.save();
    await promisesDone();
    expect(form.saves).toEqual([]);
    expect(form.refreshes).toBe(0);
    expect(form.value('address1_stateorprovince')).toBe('QQ');
    expect(form.value('creditlimit')).toBe(3000);
    expect(form.notifications.get('fno-refused')!.text).toContain("The state 'QQ'");
    expect(form.controls.get('address1_line1')!.errors.get('fno-address-refused')).toContain("The state 'QQ'");
    expect(xrm.progress).toBe(0);
  });

  test('a refused address can be corrected and saved', async () => {
    let isRefusing = true;
    const { form, xrm } = await open(
      'addressBook',
      {},
      {
        executeMultiple: async (requests) => {
          if (isRefusing) throw Object.assign(new Error(refusedAddress), { errorCode: 0x80040265 });
          return requests.map(() => ({ ok: true }));
        },
      },
    );
    form.type('address1_stateorprovince', 'QQ');
    await form.save();
    await promisesDone();
    isRefusing = false;
    form.type('address1_stateorprovince', 'OR');
    await form.save();
    await promisesDone();
    expect(xrm.executed).toHaveLength(2);
    expect(form.refreshes).toBe(1);
    expect(form.notifications.has('fno-refused')).toBe(false);
  });

  test('when the rest of the account is refused, it says which part was saved', async () => {
    const { form } = await open('addressBook', {
      onServerSave: () => {
        throw new Error(
          '{"RecordError0":"Write failed for entity Customers V3 with unknown exception - Credit limit."}',
        );
      },
    });
    form.type('address1_city', 'Tacoma');
    form.type('creditlimit', -1);
    await form.save();
    await promisesDone();
    expect(form.notifications.get('fno-refused')!.text).toContain('Credit limit.');
    expect(form.notifications.get('fno-half-saved')!.text).toBe(
      'The addresses were saved. The other changes were not.',
    );
    expect(form.value('creditlimit')).toBe(-1);
    expect(form.refreshes).toBe(0);
  });

  test('an account without address rows is refused in plain words', async () => {
    const { form, xrm } = await open(
      'addressBook',
      {},
      {
        retrieveMultipleRecords: (table) => (table === 'customeraddress' ? [] : rowsOf('addressBook')(table)),
      },
    );
    form.type('address1_city', 'Tacoma');
    await form.save();
    await promisesDone();
    expect(xrm.executed).toEqual([]);
    expect(form.notifications.get('fno-refused')!.text).toContain('no row for address 1');
  });

  test('Save and close closes the form, once the addresses are saved', async () => {
    const { form } = await open('addressBook');
    form.type('address1_city', 'Tacoma');
    await form.save(2);
    await promisesDone();
    expect(form.isClosed).toBe(true);
  });

  test('Save and close leaves the form open when the addresses are refused', async () => {
    const { form } = await open(
      'addressBook',
      {},
      { executeMultiple: () => Promise.reject({ message: refusedAddress }) },
    );
    form.type('address1_city', 'Tacoma');
    await form.save(2);
    await promisesDone();
    expect(form.isClosed).toBe(false);
  });

  test('Save and new opens an empty form', async () => {
    const { form, xrm } = await open('addressBook');
    form.type('address1_city', 'Tacoma');
    await form.save(59);
    await promisesDone();
    expect(xrm.opened).toEqual([{ entityName: 'account' }]);
  });

  test('a new account is saved first, then its addresses are sent on their way', async () => {
    const { form, xrm } = await open('addressBook', {
      id: '',
      values: { name: null, address1_line1: null, address1_city: null },
    });
    form.type('name', 'Fabrikam');
    form.type('address1_line1', '1 Main St');
    await form.save();
    await promisesDone();
    expect(form.saves).toEqual([{ name: 'Fabrikam', address1_line1: '1 Main St' }]);
    expect(written(xrm)).toHaveLength(1);
    expect(written(xrm)[0]!.map(({ id }) => id)).toEqual(['row-1']);
  });

  test('a new account whose addresses are refused says that it was saved without them', async () => {
    const { form } = await open(
      'addressBook',
      { id: '', values: { name: null, address1_line1: null } },
      {
        executeMultiple: () => Promise.reject({ message: refusedAddress }),
      },
    );
    form.type('address1_line1', '1 Main St');
    await form.save();
    await promisesDone();
    expect(form.notifications.get('fno-half-saved')).toEqual({
      level: 'WARNING',
      text: 'The account was saved, but its addresses have not reached finance and operations.',
    });
  });
});

describe('before it is known which map is in force', () => {
  function slowly(generation: keyof typeof versions) {
    let go = (): void => undefined;
    const gate = new Promise<void>((open_) => (go = open_));
    const answer = rowsOf(generation);
    return {
      go: () => go(),
      retrieveMultipleRecords: ((table: string) => gate.then(() => answer(table))) as never,
    };
  }

  test('a save of addresses waits, and then goes through the address book', async () => {
    const { go, retrieveMultipleRecords } = slowly('addressBook');
    const { form, xrm } = await open('addressBook', {}, { retrieveMultipleRecords });
    form.type('address1_city', 'Tacoma');
    await form.save();
    expect(form.saves).toEqual([]);
    go();
    await promisesDone();
    expect(xrm.executed).toHaveLength(1);
  });

  test('a save of addresses waits, and then goes its ordinary way', async () => {
    const { go, retrieveMultipleRecords } = slowly('accountMap');
    const { form, xrm } = await open('accountMap', {}, { retrieveMultipleRecords });
    form.type('address1_city', 'Tacoma');
    await form.save(2);
    go();
    await promisesDone();
    expect(form.saves).toEqual([{ address1_city: 'Tacoma' }]);
    expect(xrm.executed).toEqual([]);
    expect(form.isClosed).toBe(true);
  });
});

test('where it cannot be known which map is in force, a save goes its ordinary way', async () => {
  const { form } = await open('notKnown');
  form.type('address1_city', 'Tacoma');
  expect(await form.save()).toBe(true);
});

test('loading the form again does not double its handlers', async () => {
  const { form } = await open('accountMap', {
    onServerSave: () => {
      throw new Error('no');
    },
  });
  onLoad(form.event());
  await promisesDone();
  let shown = 0;
  const set = form.notifications.set.bind(form.notifications);
  form.notifications.set = (key, value) => {
    if (key === 'fno-refused') shown++;
    return set(key, value);
  };
  form.type('name', 'Fabrikam');
  await form.save();
  expect(shown).toBe(1);
});
