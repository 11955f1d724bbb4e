import { businessEvents } from '../../../../emulator/finance-operations/business-events/catalogue.ts';
import { businessEventPayload, businessEventSchema } from '../../../../emulator/events/business-event-payload.ts';

const posted = businessEvents.get('SalesInvoicePostedBusinessEvent')!;
const envelope = {
  eventId: '3c47a4cd-6edc-4319-b893-3f862eed65fd',
  controlNumber: 5637611083,
  time: new Date('2022-12-30T13:51:15.294Z'),
  legalEntity: 'usmf',
  userId: '410a2690-5ec2-42ee-9f2a-e75b4e324930',
};

// finance-operations reference, "Payload": published samples of the envelope and of the contract.
test('a payload is one flat object, its keys in alphabetical order', () => {
  const fields = {
    InvoiceAccount: 'US-001',
    InvoiceAmountInAccountingCurrency: 1250.5,
    InvoiceDate: '2022-12-30T00:00:00Z',
    InvoiceDueDate: new Date('2023-01-29T00:00:00Z'),
    InvoiceId: 'CIV-000123',
    SalesOrderId: '000812',
  };
  const payload = businessEventPayload(posted, fields, envelope);
  expect(payload).toEqual({
    BusinessEventId: 'SalesInvoicePostedBusinessEvent',
    BusinessEventLegalEntity: 'USMF',
    ContextRecordSubject: '',
    ControlNumber: 5637611083,
    EventId: '3C47A4CD-6EDC-4319-B893-3F862EED65FD',
    EventTime: '/Date(1672408275294)/',
    EventTimeIso8601: '2022-12-30T13:51:15.2940000Z',
    InitiatingUserAADObjectId: '{410A2690-5EC2-42EE-9F2A-E75B4E324930}',
    InvoiceAccount: 'US-001',
    InvoiceAmountInAccountingCurrency: 1250.5,
    InvoiceDate: '/Date(1672358400000)/',
    InvoiceDueDate: '/Date(1674950400000)/',
    InvoiceId: 'CIV-000123',
    InvoiceTaxAmount: 0,
    LegalEntity: 'USMF',
    MajorVersion: 0,
    MinorVersion: 0,
    ParentContextRecordSubjects: [],
    SalesOrderId: '000812',
  });
  expect(Object.keys(payload)).toEqual(Object.keys(payload).sort());
});

test('a member the contract does not have is a mistake', () => {
  expect(() => businessEventPayload(posted, { RecId: 1 }, envelope)).toThrow("has no member 'RecId'");
});

test('the downloaded schema is a sample with nothing in it', () => {
  expect(businessEventSchema(posted)).toMatchObject({
    EventTime: '/Date(-2208988800000)/',
    EventTimeIso8601: '1900-01-01T00:00:00Z',
    InitiatingUserAADObjectId: '{00000000-0000-0000-0000-000000000000}',
    InvoiceDate: '/Date(-2208988800000)/',
    InvoiceId: '',
    ParentContextRecordSubjects: null,
  });
});

test('every event of the catalogue has a category, a module and a contract', () => {
  const types = new Set(['string', 'real', 'int', 'date', 'utcDateTime', 'DateTimeIso8601']);
  for (const { id, category, module, contract } of businessEvents.values()) {
    expect({ id, isComplete: category !== '' && module !== '' }).toEqual({ id, isComplete: true });
    expect(Object.values(contract).filter((type) => !types.has(type))).toEqual([]);
    expect(Object.keys(contract)).toEqual(Object.keys(contract).sort());
  }
});

// Section 3.2: TransDate and UtcDateTime are /Date(ms)/ unless the contract uses DateTimeIso8601; LegalEntity is there when the contract
// has it.
test('dates are as the type of the member says, and a company of its own only where the contract has one', () => {
  const definition = {
    ...posted,
    contract: { Day: 'date', Moment: 'utcDateTime', Iso: 'DateTimeIso8601' } as const,
  };
  const moment = new Date('2026-03-01T12:00:00.500Z');
  const payload = businessEventPayload(definition, { Day: moment, Moment: moment, Iso: moment }, envelope);
  expect(payload).toMatchObject({
    Day: '/Date(1772366400500)/',
    Moment: '/Date(1772366400500)/',
    Iso: '2026-03-01T12:00:00.5000000Z',
    BusinessEventLegalEntity: 'USMF',
  });
  expect(payload).not.toHaveProperty('LegalEntity');
  expect(businessEventSchema(definition)).toMatchObject({ Iso: '1900-01-01T00:00:00.0000000Z' });
});

// Section 3.3: no application business event tells of a changed customer, address, credit limit or hold.
test('there is no application business event for a changed customer, address or credit limit, nor for a hold', () => {
  const application = [...businessEvents.values()].filter(({ category }) => !/^(Workflow|Alerts)/.test(category));
  const told = application.filter(({ id }) => /CustomerChanged|Address|CreditLimit|Hold|Release/.test(id));
  expect(told).toEqual([]);
});

// Section 3.3, "Workflow business events": how their ids are made.
test('ids of workflow events have the form of their category', () => {
  const forms: Readonly<Record<string, RegExp>> = {
    'Workflow type': /^Workflow_[A-Za-z]+_\d{6}$/,
    'Workflow element started': /^Workflow_[A-Za-z]+_\d{6}_[A-Za-z]+_Started$/,
    'Workflow work item': /^Workflow_[A-Za-z]+_\d{6}_[A-Za-z]+_WorkItem$/,
  };
  const workflow = [...businessEvents.values()].filter(({ category }) => category.startsWith('Workflow'));
  expect(new Set(workflow.map(({ category }) => category))).toEqual(new Set(Object.keys(forms)));
  for (const { id, category } of workflow) expect(id).toMatch(forms[category]!);
});
