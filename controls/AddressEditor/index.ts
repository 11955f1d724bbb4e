import * as React from 'react';
import { textsFrom } from '../shared/texts';
import { themeOf } from '../shared/theme';
import { isLayoutOnly } from '../shared/update-cause';
import { AddressEditorView, type AddressEditorProps } from './AddressEditor';
import { AddressSession } from './address-session';
import { cardOf, type Traits } from './cards';
import { addressesFrom, fields, propertyOf, type Field, type PropertyName, type Side } from './model';
import { generationText, noticeOf } from './notice';

type Inputs = Record<PropertyName | 'accountNumber', ComponentFramework.PropertyTypes.StringProperty> & {
  company: ComponentFramework.PropertyTypes.LookupProperty;
};
type Outputs = Partial<Record<PropertyName, string | null>>;
type Context = ComponentFramework.Context<Inputs>;

/** Turns the host's context into what the view shows, and what the user does into outputs. */
export class AddressEditor implements ComponentFramework.ReactControl<Inputs, Outputs> {
  private context!: Context;
  private session!: AddressSession;

  init(context: Context, notifyOutputChanged: () => void): void {
    this.context = context;
    this.session = new AddressSession({
      reader: () => this.context.webAPI,
      outputsChanged: notifyOutputChanged,
      draw: () => this.context.factory.requestRender(),
    });
  }

  updateView(context: Context): React.ReactElement {
    this.context = context;
    const { parameters } = context;
    const accountNumber = (parameters.accountNumber.raw ?? '').trim();
    const companyId = parameters.company.raw?.[0]?.id;
    this.session.show({
      addresses: addressesFrom((side, field) => parameters[propertyOf(side, field)].raw ?? ''),
      accountNumber,
      companyId,
      isLayoutOnly: isLayoutOnly(context.updatedProperties),
    });
    return React.createElement(AddressEditorView, this.props(accountNumber, companyId !== undefined));
  }

  getOutputs(): Outputs {
    return this.session.outputs();
  }

  destroy(): void {
    this.session.stop();
  }

  private props(accountNumber: string, hasCompany: boolean): AddressEditorProps {
    const { session, context } = this;
    const text = textsFrom((key) => context.resources.getString(key));
    const held = session.held.state;
    const traits = { shipping: traitsOf(context, 'shipping'), billing: traitsOf(context, 'billing') };
    const isRightToLeft = context.userSettings.isRTL;
    return {
      cards: {
        shipping: cardOf('shipping', session.values.shipping, traits.shipping, held),
        billing: cardOf('billing', session.values.billing, traits.billing, held),
      },
      notice: noticeOf({ accountNumber, hasCompany }, held, text),
      generation: generationText(session.generation.state, text),
      isReading: held.status === 'reading',
      isEdited: session.isEdited,
      mayCopy: fields.every((field) => !traits.shipping[field].isMasked && isEditable(traits.billing, field)),
      isRightToLeft,
      theme: themeOf(context.fluentDesignLanguage, isRightToLeft),
      text,
      onEdit: (side, field, value) => session.edit(side, field, value),
      onCopy: () => session.copyShippingToBilling(),
      onUndo: () => session.undo(),
      onRefresh: () => session.refresh(),
    };
  }
}

const isEditable = (traits: Traits, field: Field) => !traits[field].isMasked && !traits[field].isReadOnly;

function traitsOf({ parameters, mode }: Context, side: Side): Traits {
  const traits = fields.map((field) => {
    const { security, error, errorMessage, attributes } = parameters[propertyOf(side, field)];
    const isMasked = security !== undefined && security.secured && !security.readable;
    const isLocked = security !== undefined && security.secured && !security.editable;
    return [
      field,
      {
        isMasked,
        isReadOnly: mode.isControlDisabled || isLocked,
        error: error ? errorMessage : '',
        maxLength: attributes?.MaxLength,
      },
    ];
  });
  return Object.fromEntries(traits) as Traits;
}
