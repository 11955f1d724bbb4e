import * as React from 'react';
import { textsFrom } from '../shared/texts';
import { themeOf } from '../shared/theme';
import { columnsOf, gridRowsOf, idColumnOf } from './model';
import { RelatedSession } from './related-session';
import { RelatedVirtualGridView, type RelatedVirtualGridProps } from './RelatedVirtualGrid';
import { readSetup, type Setup } from './setup';
import type { Text } from './texts';

type StringProperty = ComponentFramework.PropertyTypes.StringProperty;
type Inputs = Record<
  'anchor' | 'table' | 'keyColumn' | 'companyColumn' | 'columns' | 'order' | 'title',
  StringProperty
> & {
  company: ComponentFramework.PropertyTypes.LookupProperty;
  pageSize: ComponentFramework.PropertyTypes.WholeNumberProperty;
};
type Outputs = Record<string, never>;
type Context = ComponentFramework.Context<Inputs>;

/** Turns the host's context into what the view shows. It hands nothing back: it only looks. */
export class RelatedVirtualGrid implements ComponentFramework.ReactControl<Inputs, Outputs> {
  private context!: Context;
  private session!: RelatedSession;
  private table = '';

  init(context: Context): void {
    this.context = context;
    this.session = new RelatedSession({
      reader: () => this.context.webAPI,
      metadata: (table, columns) => this.context.utils.getEntityMetadata(table, columns),
      draw: () => this.context.factory.requestRender(),
    });
  }

  updateView(context: Context): React.ReactElement {
    this.context = context;
    const { parameters } = context;
    const setup = readSetup({
      table: parameters.table.raw,
      keyColumn: parameters.keyColumn.raw,
      companyColumn: parameters.companyColumn?.raw ?? null,
      columns: parameters.columns.raw,
      order: parameters.order?.raw ?? null,
      pageSize: parameters.pageSize?.raw ?? null,
    });
    const text = textsFrom((key) => context.resources.getString(key));
    const anchor = (parameters.anchor.raw ?? '').trim();
    const companyId = parameters.company.raw?.[0]?.id;
    const obstacle = obstacleOf(setup, anchor, companyId, text);
    const isReady = obstacle === undefined && !('unreadable' in setup);
    this.session.show(isReady ? { setup, anchor, companyId: companyId! } : undefined);
    this.table = isReady ? setup.table : '';
    const isRightToLeft = context.userSettings.isRTL;
    return React.createElement(RelatedVirtualGridView, {
      ...(isReady ? this.shown(setup, text) : nothing),
      title: parameters.title?.raw || text('Title'),
      obstacle,
      isRightToLeft,
      theme: themeOf(context.fluentDesignLanguage, isRightToLeft),
      text,
      number: (value) => context.formatting.formatInteger(value),
      on: this.handlers,
    });
  }

  getOutputs(): Outputs {
    return {};
  }

  destroy(): void {
    this.session.stop();
  }

  private shown(setup: Setup, text: Text): Shown {
    const { state } = this.session.rows;
    const metadata = this.session.metadata.state.value;
    const columns = columnsOf(setup, metadata);
    const words = [text('Yes'), text('No')] as const;
    return {
      columns,
      rows: gridRowsOf(state.value?.rows ?? [], columns, idColumnOf(setup, metadata), words),
      hasMore: state.value?.next !== undefined,
      isReading: state.status === 'reading',
      isKnown: state.value !== undefined,
      failure: state.status === 'failed' ? state.failure : undefined,
      whose: state.value?.whose,
    };
  }

  private readonly handlers: RelatedVirtualGridProps['on'] = {
    refresh: () => this.session.refresh(),
    more: () => this.session.more(),
    open: (id) => void this.context.navigation.openForm({ entityName: this.table, entityId: id }),
  };
}

type Shown = Pick<
  RelatedVirtualGridProps,
  'columns' | 'rows' | 'hasMore' | 'isReading' | 'isKnown' | 'failure' | 'whose'
>;

const nothing: Shown = {
  columns: [],
  rows: [],
  hasMore: false,
  isReading: false,
  isKnown: false,
  failure: undefined,
  whose: undefined,
};

/** Why there is nothing to read; undefined when there is. */
function obstacleOf(
  setup: ReturnType<typeof readSetup>,
  anchor: string,
  companyId: string | undefined,
  text: Text,
): RelatedVirtualGridProps['obstacle'] {
  if ('unreadable' in setup) return { isError: true, text: text('BadSetup', setup.unreadable.join('; ')) };
  if (anchor === '') return { isError: false, text: text('NoAnchor') };
  if (companyId === undefined) return { isError: false, text: text('NoCompany') };
  return undefined;
}
