import * as React from 'react';
import { messageOf, quoted } from '../shared/odata-text';
import { themeOf } from '../shared/theme';
import type { IInputs, IOutputs } from './generated/ManifestTypes';
import { compare, readPairs } from './model';
import { SyncStatus as View, type Comparison } from './SyncStatus';

/** Compares the row of the form with its virtual twin. */
export class SyncStatus implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  private context!: ComponentFramework.Context<IInputs>;
  private comparison: Comparison = { kind: 'loading' };
  private labels: Record<string, string> = {};
  private lastKey = '';
  private isReading = false;

  init(context: ComponentFramework.Context<IInputs>): void {
    this.context = context;
    const columns = readPairs(context.parameters.columns.raw ?? '').map((pair) => pair.column);
    void context.utils.getEntityMetadata('account', columns).then((metadata) => {
      const attributes = (metadata as { Attributes?: { get(name: string): { DisplayName?: string } | undefined } }).Attributes;
      for (const column of columns) this.labels[column] = attributes?.get(column)?.DisplayName ?? column;
      context.factory.requestRender();
    });
  }

  updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    this.context = context;
    const key = `${context.parameters.anchor.raw ?? ''}/${context.parameters.company.raw?.[0]?.id ?? ''}`;
    // After a save every bound value is handed over anew: what was compared before may be stale.
    if (key !== this.lastKey || context.updatedProperties.includes('parameters')) {
      this.lastKey = key;
      void this.read();
    }
    return React.createElement(View, {
      comparison: this.comparison,
      labels: this.labels,
      theme: themeOf(context),
      text: (name) => context.resources.getString(name),
      onRefresh: () => void this.read(),
    });
  }

  getOutputs(): IOutputs {
    return {};
  }

  destroy(): void {
    this.lastKey = '';
  }

  private async read(): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    this.comparison = await this.compared();
    this.isReading = false;
    this.context.factory.requestRender();
  }

  private async compared(): Promise<Comparison> {
    const { parameters, webAPI, formatting } = this.context;
    const anchor = parameters.anchor.raw ?? '';
    const company = parameters.company.raw?.[0]?.id;
    if (anchor === '' || !company) return { kind: 'noCompany' };
    const pairs = readPairs(parameters.columns.raw ?? '');
    const twinTable = parameters.twinTable.raw ?? 'mserp_custcustomerv3entity';
    const twinKey = parameters.twinKey.raw ?? 'mserp_customeraccount';
    try {
      const { cdm_companycode: code } = await webAPI.retrieveRecord('cdm_company', company, '?$select=cdm_companycode');
      const [here, there] = await Promise.all([
        webAPI.retrieveMultipleRecords('account', `?$select=${pairs.map((pair) => pair.column).join(',')}&$filter=accountnumber eq ${quoted(anchor)} and _msdyn_company_value eq ${company}&$top=1`),
        webAPI.retrieveMultipleRecords(twinTable, `?$select=${pairs.map((pair) => pair.twin).join(',')}&$filter=${twinKey} eq ${quoted(anchor)} and mserp_dataareaid eq ${quoted(String(code))}&$top=1`),
      ]);
      if (here.entities[0] === undefined || there.entities[0] === undefined) return { kind: 'notFound' };
      return { kind: 'compared', differences: compare(pairs, here.entities[0], there.entities[0]), checkedAt: formatting.formatTime(new Date(), 1) };
    } catch (error) {
      return { kind: 'failed', message: messageOf(error) };
    }
  }
}
