/** @jest-environment jsdom */
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AddressEditor } from '../../../../controls/AddressEditor/index.ts';
import {
  hostControl,
  type ControlHost,
  type FakeWebApi,
  type HostOptions,
} from '../../../support/component-framework.ts';

const company = [{ id: '{CCCCCCCC-0000-0000-0000-000000000001}', entityType: 'cdm_company', name: 'USMF' }];
const values = {
  shippingStreet: '1 Main St',
  shippingCity: 'Seattle',
  shippingState: 'WA',
  shippingPostalCode: '98101',
  shippingCounty: null,
  shippingCountry: 'US',
  billingStreet: '2 Side St',
  billingCity: 'Seattle',
  billingState: 'WA',
  billingPostalCode: '98102',
  billingCounty: null,
  billingCountry: 'US',
  accountNumber: 'US-001',
  company,
};

const held = (given: Record<string, unknown> = {}): Record<string, unknown> => ({
  mserp_deliveryaddressstreet: '1 Main St',
  mserp_deliveryaddresscity: 'Seattle',
  mserp_deliveryaddressstate: 'WA',
  mserp_deliveryaddresszipcode: '98101',
  mserp_deliveryaddresscounty: '',
  mserp_deliveryaddresscountryregionisocode: 'US',
  mserp_invoiceaddressstreet: '2 Side St',
  mserp_invoiceaddresscity: 'Seattle',
  mserp_invoiceaddressstate: 'WA',
  mserp_invoiceaddresszipcode: '98102',
  mserp_invoiceaddresscounty: null,
  mserp_invoiceaddresscountryregionisocode: 'US',
  ...given,
});

const twin = 'mserp_custcustomerv3entity';
const companyCode = { cdm_company: () => [{ cdm_companycode: 'USMF' }] };
const noMaps = { msdyn_dualwriteruntimeconfig: () => [] };
const webApi = (given: FakeWebApi = {}): FakeWebApi => ({
  ...companyCode,
  ...noMaps,
  [twin]: () => [held()],
  ...given,
});

let host: ControlHost | undefined;
afterEach(() => host?.destroy());

async function open(given: Partial<HostOptions> = {}): Promise<ControlHost> {
  host = await hostControl(AddressEditor, {
    control: 'AddressEditor',
    webApi: webApi(),
    ...given,
    values: { ...values, ...given.values },
  });
  return host;
}

const card = (name: 'Shipping address' | 'Billing address') => within(screen.getByRole('group', { name }));
const field = (side: 'Shipping address' | 'Billing address', label: string) =>
  card(side).getByLabelText(label, { exact: false }) as HTMLInputElement;
const shown = () => document.body.textContent ?? '';

async function fill(input: HTMLInputElement, text: string): Promise<void> {
  fireEvent.change(input, { target: { value: text } });
  fireEvent.blur(input);
  await host!.settled();
}

describe('what is drawn', () => {
  test('two addresses, each field with its label and value', async () => {
    await open();
    expect(field('Shipping address', 'Street').value).toBe('1 Main St');
    expect(field('Shipping address', 'Street').tagName).toBe('TEXTAREA');
    expect(field('Shipping address', 'City').value).toBe('Seattle');
    expect(field('Shipping address', 'State/Province').value).toBe('WA');
    expect(field('Shipping address', 'ZIP/Postal code').value).toBe('98101');
    expect(field('Shipping address', 'County').value).toBe('');
    expect(field('Shipping address', 'Country/region').value).toBe('US');
    expect(field('Billing address', 'Street').value).toBe('2 Side St');
  });

  test('finance and operations is asked once, for the columns shown and no others', async () => {
    const { requests } = await open();
    expect(requests.filter((request) => !request.startsWith('msdyn_')).map(decodeURIComponent)).toEqual([
      'cdm_company(cccccccc-0000-0000-0000-000000000001)?$select=cdm_companycode',
      `${twin}?$select=${Object.keys(held()).join(',')}&$filter=mserp_customeraccount eq 'US-001' and mserp_dataareaid eq 'usmf'&$top=1`,
    ]);
  });

  test('equal addresses say that they are the same, with what finance and operations holds', async () => {
    await open();
    expect(card('Shipping address').getByText('Same as in finance and operations')).toBeTruthy();
    expect(
      card('Shipping address').getByText('Finance and operations holds: 1 Main St, Seattle, WA 98101, US'),
    ).toBeTruthy();
    expect(card('Billing address').getByText('Same as in finance and operations')).toBeTruthy();
  });

  test('a field that differs shows what finance and operations holds, and is described by it', async () => {
    await open({
      webApi: webApi({ [twin]: () => [held({ mserp_deliveryaddresscity: 'Tacoma', mserp_deliveryaddressstate: '' })] }),
    });
    expect(card('Shipping address').getByText('2 fields differ from finance and operations')).toBeTruthy();
    const city = field('Shipping address', 'City');
    const description = document.getElementById(city.getAttribute('aria-describedby')!);
    expect(description!.textContent).toBe('In finance and operations: Tacoma');
    expect(card('Shipping address').getByText('Empty in finance and operations')).toBeTruthy();
    expect(card('Billing address').getByText('Same as in finance and operations')).toBeTruthy();
  });

  test('values are shown as text, whatever is in them', async () => {
    const hostile = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>$&';
    await open({
      values: { shippingCity: hostile },
      webApi: webApi({ [twin]: () => [held({ mserp_invoiceaddressstreet: hostile })] }),
    });
    expect(field('Shipping address', 'City').value).toBe(hostile);
    expect(shown()).toContain(`In finance and operations: ${hostile}`);
    expect(document.querySelector('img, script')).toBeNull();
  });

  test('what is said is also said to a screen reader', async () => {
    await open();
    expect(screen.getByRole('status').textContent).toBe(
      'Shipping address: Same as in finance and operations. Billing address: Same as in finance and operations.',
    );
  });

  test('German users read German', async () => {
    await open({ languageId: 1031 });
    expect(screen.getByRole('group', { name: 'Lieferadresse' })).toBeTruthy();
    expect(shown()).toContain('Gleich wie in Finance and Operations');
  });

  test('it follows the direction of the user and the colours of the host', async () => {
    const tokenTheme = {
      colorNeutralForeground1: 'rgb(250, 250, 250)',
    } as ComponentFramework.FluentDesignState['tokenTheme'];
    await open({
      isRightToLeft: true,
      theme: { tokenTheme, isDarkTheme: true } as ComponentFramework.FluentDesignState,
    });
    const root = screen.getByRole('group', { name: 'Billing and shipping address' });
    expect(root.getAttribute('dir')).toBe('rtl');
    expect(getComputedStyle(root).color).toBe('rgb(250, 250, 250)');
  });
});

describe('states', () => {
  test('while finance and operations is read, the form’s values can already be edited', async () => {
    await open({ webApi: webApi({ [twin]: () => new Promise(() => undefined) }) });
    expect(screen.getByRole('status').textContent).toBe('Reading from finance and operations…');
    expect(field('Shipping address', 'City').readOnly).toBe(false);
    expect((screen.getByText('Refresh').closest('button') as HTMLButtonElement).disabled).toBe(true);
  });

  test.each([
    ['no company', { company: null }, 'no company on this account'],
    ['an empty company', { company: [] }, 'no company on this account'],
    ['no account number', { accountNumber: null }, 'no account number'],
    ['a blank account number', { accountNumber: '  ' }, 'no account number'],
  ])('with %s it says so and asks nothing of finance and operations', async (_case, given, words) => {
    const { requests } = await open({ values: given });
    expect(shown()).toContain(words);
    expect(requests.some((request) => request.startsWith(twin))).toBe(false);
  });

  test('a customer finance and operations does not have is "not there yet"', async () => {
    await open({ webApi: webApi({ [twin]: () => [] }) });
    expect(shown()).toContain('Customer US-001 is not there yet in finance and operations (company usmf).');
    expect(shown()).not.toContain('differ');
  });

  test('a lack of permission is said, without a way to retry that would not help', async () => {
    const denied = () => Promise.reject({ errorCode: 0x80040220, message: 'prvRead' });
    await open({ webApi: webApi({ [twin]: denied }) });
    expect(shown()).toContain('You have no permission to read this customer');
    expect(screen.queryByText('Try again')).toBeNull();
  });

  test('a failure shows its words as text and can be tried again', async () => {
    let isDown = true;
    const answer = () => (isDown ? Promise.reject({ message: 'error of type <b>429</b>.' }) : [held()]);
    await open({ webApi: webApi({ [twin]: answer }) });
    expect(shown()).toContain('Finance and operations could not be read: error of type <b>429</b>.');
    isDown = false;
    fireEvent.click(screen.getByText('Try again'));
    await host!.settled();
    expect(shown()).not.toContain('could not be read');
    expect(card('Shipping address').getByText('Same as in finance and operations')).toBeTruthy();
  });

  test('a disabled control can be read and not written', async () => {
    const { requests } = await open({ isDisabled: true });
    expect(field('Shipping address', 'City').readOnly).toBe(true);
    expect(screen.queryByText('Use shipping for billing')).toBeNull();
    expect(requests.some((request) => request.startsWith(twin))).toBe(true);
  });

  test('a column the user may only read cannot be written, the others can', async () => {
    await open({ traits: { billingCity: { security: { readable: true, editable: false, secured: true } } } });
    expect(field('Billing address', 'City').readOnly).toBe(true);
    expect(field('Billing address', 'Street').readOnly).toBe(false);
  });

  test('a column the user may not read shows neither value, and is not compared', async () => {
    const security = { readable: false, editable: false, secured: true };
    await open({
      traits: { shippingCity: { security } },
      values: { shippingCity: null },
      webApi: webApi({ [twin]: () => [held({ mserp_deliveryaddresscity: 'Secretville' })] }),
    });
    expect(shown()).not.toContain('Secretville');
    expect(card('Shipping address').getByLabelText('City: You may not see this value')).toBeTruthy();
    expect(card('Shipping address').getByText('Same as in finance and operations')).toBeTruthy();
  });

  test('the host’s own error is shown at the field', async () => {
    await open({ traits: { shippingStreet: { error: true, errorMessage: 'Closed for <i>editing</i>.' } } });
    const street = field('Shipping address', 'Street');
    expect(street.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(street.getAttribute('aria-describedby')!)!.textContent).toBe(
      'Closed for <i>editing</i>.',
    );
  });
});

describe('which map carries the addresses', () => {
  const running = (version: string): FakeWebApi => {
    const file = `emulator/first-party/msdyn_DualWriteCore/maps/accounts-customers-v3.${version}.json`;
    const map = JSON.parse(readFileSync(join(__dirname, '../../../..', file), 'utf8')) as Record<string, unknown>;
    const [Major, Minor, Build, Revision] = version.split('.').map(Number);
    return {
      msdyn_dualwriteruntimeconfig: () => [
        {
          msdyn_name: map['name'],
          msdyn_unsecure: JSON.stringify({ EntityMapVersion: { Major, Minor, Build, Revision } }),
        },
      ],
      msdyn_dualwriteentitymap: () => [{ msdyn_name: map['name'], msdyn_mapping: JSON.stringify(map['mapping']) }],
    };
  };

  test.each([
    ['1.0.0.4', 'Account map'],
    ['1.0.0.5', 'Party and global address book'],
  ])('version %s is named "%s"', async (version, name) => {
    await open({ webApi: webApi(running(version)) });
    expect(screen.getByText(`Address map: ${name}`)).toBeTruthy();
  });

  test('not knowing it is said plainly, with the reason', async () => {
    await open();
    expect(screen.getByText('Address map: Not known: no map of accounts runs from Dataverse')).toBeTruthy();
    host!.destroy();
    await open({ webApi: webApi({ msdyn_dualwriteruntimeconfig: () => Promise.reject({ errorCode: 0x80040220 }) }) });
    expect(screen.getByText('Address map: Not known: you may not read the table maps')).toBeTruthy();
  });
});

describe('editing', () => {
  test('hands on what was typed when the field is left, and only the column that changed', async () => {
    const opened = await open();
    await fill(field('Shipping address', 'City'), 'Tacoma');
    expect(opened.outputsTaken()).toBe(1);
    expect(opened.values).toEqual({ ...values, shippingCity: 'Tacoma' });
    expect(card('Shipping address').getByText('1 field differs from finance and operations')).toBeTruthy();
    expect(screen.getByText('Not saved yet')).toBeTruthy();
  });

  test('typing hands on nothing per key press, and once after a pause', async () => {
    const opened = await open();
    const city = field('Shipping address', 'City');
    for (const text of ['T', 'Ta', 'Tac', 'Taco']) fireEvent.change(city, { target: { value: text } });
    expect(opened.outputsTaken()).toBe(0);
    expect(city.value).toBe('Taco');
    await waitFor(() => expect(opened.outputsTaken()).toBe(1), { timeout: 2000 });
    await opened.settled();
    expect(opened.values['shippingCity']).toBe('Taco');
    expect(city.value).toBe('Taco');
  });

  test('typing on while the host echoes what was typed before loses nothing', async () => {
    const opened = await open();
    const city = field('Shipping address', 'City');
    fireEvent.change(city, { target: { value: 'Taco' } });
    fireEvent.keyDown(city, { key: 'Enter' });
    fireEvent.change(city, { target: { value: 'Tacoma' } });
    await opened.settled();
    expect(opened.values['shippingCity']).toBe('Taco');
    expect(city.value).toBe('Tacoma');
    fireEvent.blur(city);
    await opened.settled();
    expect(opened.values['shippingCity']).toBe('Tacoma');
  });

  test.each([
    ['Enter', { key: 'Enter' }],
    ['the keys that save', { key: 's', ctrlKey: true }],
  ])('%s hands on what stands in the field', async (_name, key) => {
    const opened = await open();
    const city = field('Billing address', 'City');
    fireEvent.change(city, { target: { value: 'Bonn' } });
    fireEvent.keyDown(city, key);
    await opened.settled();
    expect(opened.values['billingCity']).toBe('Bonn');
  });

  test('Enter in the street is a line break', async () => {
    const opened = await open();
    const street = field('Billing address', 'Street');
    fireEvent.change(street, { target: { value: '3 New St' } });
    fireEvent.keyDown(street, { key: 'Enter' });
    expect(opened.outputsTaken()).toBe(0);
  });

  test('an emptied field is handed on as no value', async () => {
    const opened = await open();
    await fill(field('Shipping address', 'State/Province'), '');
    expect(opened.values['shippingState']).toBeNull();
  });

  test('a country code becomes upper case', async () => {
    const opened = await open();
    await fill(field('Shipping address', 'Country/region'), ' de ');
    expect(opened.values['shippingCountry']).toBe('DE');
    expect(field('Shipping address', 'Country/region').value).toBe('DE');
  });

  test('what is wrong is said at the field', async () => {
    await open({ traits: { shippingCity: { attributes: { MaxLength: 8 } as never } } });
    await fill(field('Shipping address', 'Country/region'), '');
    const country = field('Shipping address', 'Country/region');
    expect(country.getAttribute('aria-invalid')).toBe('true');
    expect(shown()).toContain('A country/region is needed as soon as any other field is filled in.');
    await fill(field('Shipping address', 'Country/region'), 'USA');
    expect(shown()).toContain('Use the two-letter ISO code');
    await fill(field('Shipping address', 'City'), 'Seattle-Ballard');
    expect(shown()).toContain('At most 8 characters fit here; there are 15.');
  });

  test('a value the host changes meanwhile is shown', async () => {
    const opened = await open();
    await opened.update({ shippingCity: 'Olympia' }, ['shippingCity']);
    expect(field('Shipping address', 'City').value).toBe('Olympia');
  });

  test('shipping can be used for billing, with the keyboard alone', async () => {
    const opened = await open();
    const button = screen.getByText('Use shipping for billing').closest('button')!;
    button.focus();
    expect(document.activeElement).toBe(button);
    fireEvent.click(button);
    await opened.settled();
    expect(opened.values).toEqual({ ...values, billingStreet: '1 Main St', billingPostalCode: '98101' });
    expect(field('Billing address', 'Street').value).toBe('1 Main St');
  });

  test('shipping is not copied over a billing column the user may not write', async () => {
    await open({ traits: { billingCity: { security: { readable: true, editable: false, secured: true } } } });
    expect(screen.queryByText('Use shipping for billing')).toBeNull();
  });

  test('undo brings the saved values back', async () => {
    const opened = await open();
    await fill(field('Shipping address', 'City'), 'Tacoma');
    await fill(field('Billing address', 'Street'), 'Elsewhere');
    fireEvent.click(screen.getByText('Undo to saved values'));
    await opened.settled();
    expect(opened.values).toEqual(values);
    expect(field('Shipping address', 'City').value).toBe('Seattle');
    expect(screen.queryByText('Undo to saved values')).toBeNull();
  });
});

describe('after a save', () => {
  const savedRow = (given: Record<string, unknown>) => ({
    address1_line1: '1 Main St',
    address1_city: 'Seattle',
    address1_stateorprovince: 'WA',
    address1_postalcode: '98101',
    address1_country: 'US',
    address2_line1: '2 Side St',
    address2_city: 'Seattle',
    address2_stateorprovince: 'WA',
    address2_postalcode: '98102',
    address2_country: 'US',
    ...given,
  });
  const pause = () => act(() => new Promise((done) => setTimeout(done, 400)));

  test('finance and operations is read again, and the edit counts as saved', async () => {
    let city = 'Seattle';
    let version = 1;
    const opened = await open({
      webApi: webApi({
        [twin]: () => [held({ mserp_deliveryaddresscity: city })],
        account: () => [savedRow({ address1_city: city, versionnumber: version })],
      }),
    });
    await fill(field('Shipping address', 'City'), 'Tacoma');
    expect(screen.getByText('Not saved yet')).toBeTruthy();
    city = 'Tacoma';
    version++;
    await opened.update({}, ['parameters']);
    await pause();
    expect(screen.queryByText('Not saved yet')).toBeNull();
    expect(card('Shipping address').getByText('Same as in finance and operations')).toBeTruthy();
  });

  test('an update that was no save costs one read of the account and keeps what undo goes back to', async () => {
    const opened = await open({
      webApi: webApi({ account: () => [savedRow({ versionnumber: 1 })] }),
    });
    await fill(field('Shipping address', 'City'), 'Tacoma');
    const count = (table: string) => opened.requests.filter((request) => request.startsWith(table)).length;
    const before = count(twin);
    for (let update = 0; update < 3; update++) await opened.update();
    await pause();
    await opened.update();
    await pause();
    expect(count('account?')).toBe(2);
    expect(count(twin)).toBeLessThanOrEqual(before + 1);
    expect(screen.getByText('Undo to saved values')).toBeTruthy();
  });

  test('looking at a customer without editing asks nothing again, whatever the host updates', async () => {
    const opened = await open();
    const before = opened.requests.length;
    for (const causes of [[], ['layout'], ['parameters']]) await opened.update({}, causes);
    await pause();
    expect(opened.requests).toHaveLength(before);
  });

  test('another customer in the same form is read anew', async () => {
    const opened = await open({
      webApi: webApi({
        [twin]: (query) => (query.includes("'US-002'") ? [held({ mserp_deliveryaddresscity: 'Reno' })] : [held()]),
      }),
    });
    await opened.update({ accountNumber: 'US-002' });
    expect(shown()).toContain('In finance and operations: Reno');
  });

  test('a control that is gone draws nothing any more', async () => {
    let answer = (_rows: Record<string, unknown>[]): void => undefined;
    const opened = await open({ webApi: webApi({ [twin]: () => new Promise((done) => (answer = done)) }) });
    opened.destroy();
    answer([held()]);
    await opened.settled();
    expect(document.body.textContent).toBe('');
    host = undefined;
  });
});
