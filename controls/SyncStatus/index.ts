import * as React from 'react';
import { textsFrom } from '../shared/texts';
import { themeOf } from '../shared/theme';
import { isLayoutOnly } from '../shared/update-cause';
import { readPairs } from './model';
import { SyncSession, type SyncInput } from './sync-session';
import { SyncStatusView, type SyncStatusProps } from './SyncStatus';
import { obstacleOf, verdictOf } from './verdict';

type Inputs = Record<
  'anchor' | 'twinTable' | 'twinKey' | 'columns',
  ComponentFramework.PropertyTypes.StringProperty
> & {
  company: ComponentFramework.PropertyTypes.LookupProperty;
};
type Outputs = Record<string, never>;
type Context = ComponentFramework.Context<Inputs>;

/** Defaults of the manifest, which not every host applies. */
const defaults = { twinTable: 'mserp_custcustomerv3entity', twinKey: 'mserp_customeraccount' } as const;

/** Turns the host's context into what the view shows. It hands nothing back: it only looks. */
export class SyncStatus implements ComponentFramework.ReactControl<Inputs, Outputs> {
  private context!: Context;
  private session!: SyncSession;

  init(context: Context): void {
    this.context = context;
    this.session = new SyncSession({
      reader: () => this.context.webAPI,
      metadata: (table, columns) => this.context.utils.getEntityMetadata(table, columns),
      now: () => new Date(),
      draw: () => this.context.factory.requestRender(),
    });
  }

  updateView(context: Context): React.ReactElement {
    this.context = context;
    const { parameters } = context;
    const { pairs, unreadable } = readPairs(parameters.columns.raw ?? '');
    const companyId = parameters.company.raw?.[0]?.id;
    const accountNumber = (parameters.anchor.raw ?? '').trim();
    const setup = { accountNumber, hasCompany: companyId !== undefined, hasPairs: pairs.length > 0, unreadable };
    const text = textsFrom((key) => context.resources.getString(key));
    const obstacle = obstacleOf(setup, text);
    this.session.show(
      obstacle === undefined
        ? { key: this.key(accountNumber, companyId!), pairs, isLayoutOnly: isLayoutOnly(context.updatedProperties) }
        : undefined,
    );
    const state = this.session.comparison.state;
    const compared = obstacle === undefined && state.value?.outcome === 'compared' ? state.value.pairs : [];
    const isRightToLeft = context.userSettings.isRTL;
    const props: SyncStatusProps = {
      verdict: obstacle ?? verdictOf(setup, state, text),
      differences: compared.filter((pair) => !pair.isSame),
      checkedAt: state.value === undefined ? '' : context.formatting.formatDateShort(state.value.at, true),
      isReading: state.status === 'reading',
      mayRefresh: obstacle === undefined,
      isRightToLeft,
      theme: themeOf(context.fluentDesignLanguage, isRightToLeft),
      text,
      onRefresh: () => this.session.refresh(),
    };
    return React.createElement(SyncStatusView, props);
  }

  getOutputs(): Outputs {
    return {};
  }

  destroy(): void {
    this.session.stop();
  }

  private key(accountNumber: string, companyId: string): SyncInput['key'] {
    const { twinTable, twinKey } = this.context.parameters;
    return {
      accountNumber,
      companyId,
      twinTable: twinTable.raw || defaults.twinTable,
      twinKey: twinKey.raw || defaults.twinKey,
    };
  }
}
