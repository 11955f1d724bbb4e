import * as React from 'react';
import { readAddressGeneration, type AddressGeneration } from '../shared/address-generation';
import { isPrivilegeError, messageOf } from '../shared/odata-text';
import { themeOf } from '../shared/theme';
import { AddressEditor as View, type Held } from './AddressEditor';
import type { IInputs, IOutputs } from './generated/ManifestTypes';
import { customerQuery, mapParts, readCustomer, type Address, type Addresses, type Kind, type Part } from './model';

/** Turns the form's columns into addresses and edited addresses into outputs. */
export class AddressEditor implements ComponentFramework.ReactControl<IInputs, IOutputs> {
  private context!: ComponentFramework.Context<IInputs>;
  private notify!: () => void;
  private held: Held = { kind: 'loading' };
  private generation: AddressGeneration = 'unknown';
  private edited: Partial<Record<Kind, Address>> = {};
  /** What the form last said, by which a save or an undo is noticed. */
  private lastKey = '';
  private lastValues = '';

  init(context: ComponentFramework.Context<IInputs>, notifyOutputChanged: () => void): void {
    this.context = context;
    this.notify = notifyOutputChanged;
    void readAddressGeneration(context.webAPI as never).then((generation) => {
      this.generation = generation;
      context.factory.requestRender();
    });
  }

  updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
    this.context = context;
    const saved = this.saved();
    const values = JSON.stringify(saved);
    // The form's values changed: it took what was edited, was saved, or was undone.
    if (values !== this.lastValues) {
      this.edited = {};
      this.lastValues = values;
      this.lastKey = '';
    }
    const key = `${context.parameters.accountNumber.raw ?? ''}/${context.parameters.company.raw?.[0]?.id ?? ''}`;
    if (key !== this.lastKey) {
      this.lastKey = key;
      void this.readHeld();
    }
    const { security } = context.parameters.shippingStreet;
    return React.createElement(View, {
      addresses: { ...saved, ...this.edited },
      saved,
      held: this.held,
      generation: this.generation,
      isDisabled: context.mode.isControlDisabled || security?.editable === false,
      isMasked: security?.readable === false,
      isRightToLeft: context.userSettings.isRTL,
      maxLengths: this.maxLengths(),
      theme: themeOf(context),
      text: (name) => context.resources.getString(name),
      onChange: (kind, address) => this.change(kind, address),
      onRetry: () => void this.readHeld(),
    });
  }

  getOutputs(): IOutputs {
    const outputs: Record<string, string | undefined> = {};
    for (const [kind, address] of Object.entries(this.edited)) {
      for (const [part, value] of Object.entries(address as Address)) outputs[kind + part] = value === '' ? undefined : value;
    }
    return outputs as IOutputs;
  }

  destroy(): void {
    this.notify = () => undefined;
  }

  private change(kind: Kind, address: Address): void {
    this.edited = { ...this.edited, [kind]: address };
    this.notify();
    this.context.factory.requestRender();
  }

  private saved(): Addresses {
    const values = this.context.parameters as unknown as Record<string, { raw: string | null } | undefined>;
    const read = (kind: Kind) => mapParts((part) => values[kind + part]?.raw ?? '');
    return { shipping: read('shipping'), billing: read('billing') };
  }

  private maxLengths(): Partial<Record<Part, number>> {
    const values = this.context.parameters as unknown as Record<string, { attributes?: { MaxLength?: number } } | undefined>;
    const lengths: Partial<Record<Part, number>> = {};
    for (const part of ['Street', 'City', 'State', 'PostalCode', 'County', 'Country'] as const) lengths[part] = values[`shipping${part}`]?.attributes?.MaxLength;
    return lengths;
  }

  private async readHeld(): Promise<void> {
    const { parameters, webAPI, factory } = this.context;
    const accountNumber = parameters.accountNumber.raw ?? '';
    const company = parameters.company.raw?.[0]?.id;
    const asked = this.lastKey;
    let next: Held;
    if (accountNumber === '' || !company) next = { kind: 'noCompany' };
    else {
      try {
        const row = await webAPI.retrieveRecord('cdm_company', company, '?$select=cdm_companycode');
        const { entities } = await webAPI.retrieveMultipleRecords('mserp_custcustomerv3entity', customerQuery(accountNumber, String(row['cdm_companycode'])));
        next = entities[0] === undefined ? { kind: 'notFound' } : { kind: 'read', addresses: readCustomer(entities[0]) };
      } catch (error) {
        next = isPrivilegeError(error) ? { kind: 'noPermission' } : { kind: 'failed', message: messageOf(error) };
      }
    }
    // Another customer may have been opened while this one was read.
    if (asked !== this.lastKey) return;
    this.held = next;
    factory.requestRender();
  }
}
