import * as React from 'react';
import { failureOf } from '../shared/failure';
import { textsFrom } from '../shared/texts';
import { themeOf } from '../shared/theme';
import { GridSession } from './grid-session';
import { columnsOf, rangeOf, rowsOf } from './model';
import { VirtualTableGridView, type VirtualTableGridProps } from './VirtualTableGrid';

interface Inputs {
  readonly rows: ComponentFramework.PropertyTypes.DataSet;
  readonly companyColumn: ComponentFramework.PropertyTypes.StringProperty;
  readonly pageSize: ComponentFramework.PropertyTypes.WholeNumberProperty;
}
type Outputs = Record<string, never>;
type Context = ComponentFramework.Context<Inputs>;

/** Of the manifest, which not every host applies. */
const defaultCompanyColumn = 'mserp_dataareaid';

/** Below this many pixels rows are cards. */
const narrow = 480;

/** Turns the host's data set into what the view shows. It hands nothing back: rows are opened, never changed here. */
export class VirtualTableGrid implements ComponentFramework.ReactControl<Inputs, Outputs> {
  private context!: Context;
  private readonly session = new GridSession();

  init(context: Context): void {
    this.context = context;
    context.mode.trackContainerResize(true);
  }

  updateView(context: Context): React.ReactElement {
    this.context = context;
    const { rows } = context.parameters;
    this.session.see(rows, this.companyColumn, context.parameters.pageSize?.raw ?? 0);
    const columns = columnsOf(rows);
    const text = textsFrom((key) => context.resources.getString(key));
    const isRightToLeft = context.userSettings.isRTL;
    const width = Number(context.mode.allocatedWidth);
    const props: VirtualTableGridProps = {
      title: rows.getTitle?.() ?? '',
      columns,
      rows: rowsOf(rows, columns),
      range: rangeOf(rows),
      isLoading: rows.loading,
      failure: rows.error ? failureOf(new Error(rows.errorMessage)) : undefined,
      companies: [...this.session.companies],
      company: this.session.company,
      isNarrow: context.client.getFormFactor() === 3 || (width > 0 && width < narrow),
      isRightToLeft,
      theme: themeOf(context.fluentDesignLanguage, isRightToLeft),
      text,
      number: (value) => context.formatting.formatInteger(value),
      on: this.handlers,
    };
    return React.createElement(VirtualTableGridView, props);
  }

  getOutputs(): Outputs {
    return {};
  }

  destroy(): void {
    // The host owns the data set; nothing of ours is left running.
  }

  private get rows(): Inputs['rows'] {
    return this.context.parameters.rows;
  }

  private get companyColumn(): string {
    return this.context.parameters.companyColumn?.raw || defaultCompanyColumn;
  }

  private readonly handlers: VirtualTableGridProps['on'] = {
    sort: (column) => this.session.sort(this.rows, column, this.companyColumn),
    company: (code) => {
      this.session.showCompany(this.rows, this.companyColumn, code);
      this.context.factory.requestRender();
    },
    page: (page) => this.rows.paging.loadExactPage(page),
    refresh: () => this.rows.refresh(),
    open: (id) => {
      const record = this.rows.records[id];
      if (record !== undefined) this.rows.openDatasetItem(record.getNamedReference());
    },
    select: (ids) => this.rows.setSelectedRecordIds(ids.filter((id) => id in this.rows.records)),
  };
}
