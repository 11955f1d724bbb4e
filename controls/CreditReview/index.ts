import * as React from 'react';
import { textsFrom } from '../shared/texts';
import { themeOf } from '../shared/theme';
import { CreditReviewView, type CreditReviewProps } from './CreditReview';
import { turnOf, type Choice, type Turn } from './decision';
import type { Day } from './model';
import { mostTransactions } from './review-reads';
import { ReviewSession, type PartStates } from './review-session';
import { readExternalNames, updateAgainst } from './web-api-requests';

type Number = ComponentFramework.PropertyTypes.NumberProperty;
type Option = ComponentFramework.PropertyTypes.OptionSetProperty;
interface Inputs {
  readonly account: ComponentFramework.PropertyTypes.StringProperty;
  readonly company: ComponentFramework.PropertyTypes.StringProperty;
  readonly requestCase: ComponentFramework.PropertyTypes.LookupProperty;
  readonly currentLimit: Number;
  readonly requestedLimit: Number;
  readonly status: Option;
  readonly decision: Option;
  readonly secondDecision: Option;
  readonly newActivity: ComponentFramework.PropertyTypes.TwoOptionsProperty;
  readonly newActivityOn: ComponentFramework.PropertyTypes.DateTimeProperty;
}
type Outputs = Record<string, never>;
type Context = ComponentFramework.Context<Inputs>;

const table = 'fno_creditlimitrequest';
const entitySet = 'fno_creditlimitrequests';

/** Turns the host's context into what the view shows. It hands nothing back: a decision is written against a version, not by the form. */
export class CreditReview implements ComponentFramework.ReactControl<Inputs, Outputs> {
  private context!: Context;
  private session!: ReviewSession;

  init(context: Context): void {
    this.context = context;
    this.session = new ReviewSession({
      reader: () => this.context.webAPI,
      externalNames: readExternalNames,
      update: (version, id, row) => updateAgainst(version, entitySet, id, row),
      userId: () => this.context.userSettings.userId,
      today: () => dayFrom(new Date()),
      now: () => new Date(),
      draw: () => this.context.factory.requestRender(),
      reload: (id) => void this.context.navigation.openForm({ entityName: table, entityId: id }),
    });
  }

  updateView(context: Context): React.ReactElement {
    this.context = context;
    const { parameters } = context;
    const account = (parameters.account.raw ?? '').trim();
    const company = (parameters.company.raw ?? '').trim().toLowerCase();
    const caseId = parameters.requestCase.raw?.[0]?.id ?? '';
    const turn = turnOf(parameters.status.raw, parameters.decision.raw, parameters.secondDecision.raw);
    const hasKey = account !== '' && company !== '' && caseId !== '';
    const activity = isoOf(parameters.newActivityOn?.raw);
    this.session.show(
      hasKey
        ? {
            whose: { account, company },
            caseId,
            currentLimit: parameters.currentLimit.raw ?? 0,
            requestedLimit: parameters.requestedLimit.raw ?? 0,
            activity,
            isOpen: turn !== undefined,
          }
        : undefined,
    );
    return React.createElement(CreditReviewView, this.props(hasKey ? { account, company } : nobody, turn));
  }

  getOutputs(): Outputs {
    return {};
  }

  destroy(): void {
    this.session.stop();
  }

  private props(whose: CreditReviewProps['whose'], turn: Turn | undefined): CreditReviewProps {
    const { session, context } = this;
    const { parameters, formatting } = context;
    const isRightToLeft = context.userSettings.isRTL;
    const parts = partStates(session);
    const decimal = (amount: number) => formatting.formatDecimal(amount, 2);
    return {
      whose,
      currentLimit: parameters.currentLimit.raw ?? 0,
      requestedLimit: parameters.requestedLimit.raw ?? 0,
      limitCurrency: parts.accountingCurrency.value ?? '',
      parts,
      groupLimit: session.groupLimit.state,
      consequence: session.consequence.state,
      deciding: session.deciding,
      turn,
      mayDecide: turn !== undefined && !context.mode.isControlDisabled && isEditable(context, turn),
      statusText: parameters.status.formatted ?? '',
      newActivity: this.newActivity(),
      mostTransactions,
      isRightToLeft,
      theme: themeOf(context.fluentDesignLanguage, isRightToLeft),
      text: textsFrom((key) => context.resources.getString(key)),
      money: (amount, currency) => (currency === '' ? decimal(amount) : `${decimal(amount)} ${currency}`),
      number: (value) => formatting.formatInteger(value),
      percent: (share) => `${formatting.formatInteger(Math.round(share * 100))} %`,
      day: (day) => formatting.formatDateShort(dateOf(day)),
      month: (start, isShort = false) => (isShort ? start.slice(5, 7) : formatting.formatDateYearMonth(dateOf(start))),
      on: this.handlersFor(turn),
    };
  }

  /** What the form knows, or what was seen in the row since. */
  private newActivity(): string {
    const { newActivity, newActivityOn } = this.context.parameters;
    const known = newActivity?.raw === true ? isoOf(newActivityOn?.raw) : '';
    const last = this.session.activitySeen > known ? this.session.activitySeen : known;
    return last === '' ? '' : this.context.formatting.formatDateShort(new Date(last), true);
  }

  private handlersFor(turn: Turn | undefined): CreditReviewProps['on'] {
    const { session } = this;
    return {
      refresh: () => session.refresh(),
      retry: (part) => session.retry(part),
      showGroupLimit: () => session.showGroupLimit(),
      prepare: (choice) => session.prepare(choice),
      back: () => session.back(),
      decide: (choice: Choice, reason: string) => {
        if (turn !== undefined) void session.decide(turn, choice, reason);
      },
    };
  }
}

const nobody = { account: '', company: '' };

const partStates = ({ parts }: ReviewSession): PartStates => ({
  customer: parts.customer.state,
  history: parts.history.state,
  exposure: parts.exposure.state,
  temporaryLimits: parts.temporaryLimits.state,
  group: parts.group.state,
  accountingCurrency: parts.accountingCurrency.state,
});

/** Column security says who may decide, here as everywhere. */
function isEditable({ parameters }: Context, turn: Turn): boolean {
  const { security } = turn === 'first' ? parameters.decision : parameters.secondDecision;
  return security === undefined || !security.secured || security.editable;
}

/** Hosts give dates as such, or as text. */
function isoOf(date: Date | string | null | undefined): string {
  if (!date) return '';
  const moment = new Date(date);
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString().replace('.000Z', 'Z');
}

const two = (number: number) => String(number).padStart(2, '0');
const dayFrom = (date: Date): Day => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
/** At noon, so that no time zone shows another day. */
const dateOf = (day: Day): Date =>
  new Date(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)), 12);
