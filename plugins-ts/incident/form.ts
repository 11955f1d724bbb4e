import { readNumber } from '../shared/environment-variable.ts';
import { amountProblem } from './amount.ts';
import { readCustomerLimit } from './customer-limit.ts';
import { text } from './texts.ts';

const creditLimitIncrease = 715_000_000;
const type = 'fno_requesttype';
const wanted = 'fno_requestedcreditlimit';
const current = 'fno_currentcreditlimit';
const currency = 'transactioncurrencyid';
const customer = 'customerid';
const amountNotification = 'fno-amount';
const customerNotification = 'fno-customer';

/** What is known of the customer chosen; undefined while it is not. */
let limit: number | undefined;
let highest: number | undefined;
/** Counts the reads, so that the answer to an older one is not shown for a newer customer. */
let reading = 0;

/** Form event OnLoad. */
export function onLoad(context: Xrm.Events.EventContext): void {
  const form = context.getFormContext();
  limit = undefined;
  listen(form, type, onTypeOrCustomer);
  listen(form, customer, onTypeOrCustomer);
  listen(form, wanted, onAmount);
  form.data.entity.removeOnPostSave(onTypeOrCustomer);
  form.data.entity.addOnPostSave(onTypeOrCustomer);
  void readNumber('fno_HighestLimit', Xrm.WebApi).then((found) => {
    highest = found;
    showAmount(form, false);
  });
  void show(form);
}

/** Form event OnSave: a case that asks for an amount it cannot have is not saved, and says why beside the amount. */
export function onSave(context: Xrm.Events.SaveEventContext): void {
  const form = context.getFormContext();
  if (!isOpen(form) || !asksForLimit(form)) return;
  if (showAmount(form, true)) context.getEventArgs().preventDefault();
}

function onTypeOrCustomer(context: Xrm.Events.EventContext): void {
  void show(context.getFormContext());
}

function onAmount(context: Xrm.Events.EventContext): void {
  showAmount(context.getFormContext(), false);
}

const asksForLimit = (form: Xrm.FormContext) => form.getAttribute(type)?.getValue() === creditLimitIncrease;

/** Once it is with the sales team, a case is not asked about its amount again: the request has it. */
const isOpen = (form: Xrm.FormContext) => form.data.entity.getId() === '';

/** Shows the columns of a credit limit, filled in for the customer, or hides them. */
async function show(form: Xrm.FormContext): Promise<void> {
  const asks = asksForLimit(form);
  form.ui.tabs.get('tab_summary')?.sections.get('sec_creditlimit')?.setVisible(asks);
  for (const name of [wanted, current, currency]) form.getControl<Xrm.Controls.StandardControl>(name)?.setVisible(asks);
  form.getAttribute(wanted)?.setRequiredLevel(asks ? 'required' : 'none');
  form.getControl<Xrm.Controls.StandardControl>(wanted)?.setDisabled(!isOpen(form));
  if (asks && isOpen(form)) await fillIn(form);
  showAmount(form, false);
}

async function fillIn(form: Xrm.FormContext): Promise<void> {
  const [chosen] = form.getAttribute<Xrm.Attributes.LookupAttribute>(customer)?.getValue() ?? [];
  const number = ++reading;
  limit = undefined;
  form.ui.clearFormNotification(customerNotification);
  if (chosen === undefined) return;
  if (chosen.entityType !== 'account') {
    form.ui.setFormNotification(text('noCompanyCustomer'), 'WARNING', customerNotification);
    return;
  }
  try {
    const found = await readCustomerLimit(chosen.id, Xrm.WebApi);
    if (number !== reading) return;
    limit = found.limit;
    form.getAttribute(current)?.setValue(found.limit);
    if (found.currency !== undefined) form.getAttribute(currency)?.setValue([found.currency]);
  } catch (error) {
    const words = text('notRead', (error as Error).message);
    if (number === reading) form.ui.setFormNotification(words, 'WARNING', customerNotification);
  }
}

/** @returns whether the amount is wrong; one that has not been entered yet is not held against anybody until the save */
function showAmount(form: Xrm.FormContext, isSaving: boolean): boolean {
  const control = form.getControl<Xrm.Controls.StandardControl>(wanted);
  control?.clearNotification(amountNotification);
  if (!asksForLimit(form) || !isOpen(form)) return false;
  const amount = form.getAttribute<Xrm.Attributes.NumberAttribute>(wanted)?.getValue() ?? null;
  const problem = amountProblem(amount, { current: limit, highest });
  if (problem === undefined || (problem === 'noAmount' && !isSaving)) return false;
  const bound = problem === 'notAbove' ? limit : highest;
  control?.setNotification(text(problem, amountText(form, bound)), amountNotification);
  return true;
}

function amountText(form: Xrm.FormContext, amount: number | undefined): string {
  const [chosen] = form.getAttribute<Xrm.Attributes.LookupAttribute>(currency)?.getValue() ?? [];
  const number = new Intl.NumberFormat(Xrm.Utility.getGlobalContext().userSettings.languageId === 1031 ? 'de' : 'en', {
    minimumFractionDigits: 2,
  }).format(amount ?? 0);
  return chosen?.name === undefined ? number : `${number} (${chosen.name})`;
}

/** The form loads again after its first save: a handler must not be there twice. */
function listen(form: Xrm.FormContext, name: string, handler: Xrm.Events.ContextSensitiveHandler): void {
  form.getAttribute(name)?.removeOnChange(handler);
  form.getAttribute(name)?.addOnChange(handler);
}
