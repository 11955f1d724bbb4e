import type { HttpResponse } from '../../kernel/index.ts';
import { faults } from '../faults.ts';
import { noContent } from '../web-api/answer.ts';
import { respond, type Operations } from '../web-api/operations/operation.ts';
import { parseBody } from '../web-api/parse-body.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import type { CustomizingCall } from './call.ts';
import { customize, type Customized } from './customize.ts';
import { textOf, type Sent } from './definition-values.ts';
import { createCustomerLookup, createPolymorphicLookup } from './lookups.ts';
import { addSolutionComponent, removeSolutionComponent } from './members.ts';
import { deleteOption, insertOption, insertStatus, orderOptions, updateOption, updateState } from './options.ts';
import { isIntersect } from './tables.ts';

/** An action that changes metadata; what it answers, or nothing. */
function changing(
  name: string,
  what: Customized,
  run: (call: CustomizingCall, sent: Sent) => object | void | Promise<object | void>,
): Operations {
  return {
    [name]: {
      method: 'POST',
      async run(context): Promise<HttpResponse> {
        const sent = parseBody(context, name);
        const solution = textOf(sent, 'SolutionUniqueName');
        const answer = await customize(context, { right: 'Write', what, solution }, (call) => run(call, sent));
        return answer === undefined ? noContent : respond(context, name, { ...answer });
      },
    },
  };
}

/** A question whether a table can take part in a relationship. */
function asking(name: string): Operations {
  return {
    [name]: {
      method: 'POST',
      async run(context) {
        const entity = textOf(parseBody(context, name), 'EntityName');
        const table = context.parts.metadata.table(entity ?? '');
        if (table === undefined) throw faults.invalidArgument(`There is no entity '${entity ?? ''}'.`);
        return respond(context, name, {
          [name]: !isIntersect(table) && (name !== 'CanManyToMany' || !table.isVirtual),
        });
      },
    },
  };
}

/** A list of the tables that can take part in a relationship. */
function listing(name: string): Operations {
  return {
    [name]: {
      method: 'GET',
      run: async (context: RequestContext) =>
        respond(context, name, {
          EntityNames: [...context.parts.metadata.tables()]
            .filter((table) => !isIntersect(table) && (name !== 'GetValidManyToMany' || !table.isVirtual))
            .map(({ logicalName }) => logicalName),
        }),
    },
  };
}

/** Actions and functions about definitions, beside their sets. */
export const customizingOperations: Operations = {
  ...changing('InsertOptionValue', 'OptionSet', async (call, sent) => ({
    NewOptionValue: await insertOption(call, sent),
  })),
  ...changing('InsertStatusValue', 'OptionSet', async (call, sent) => ({
    NewOptionValue: await insertStatus(call, sent),
  })),
  ...changing('UpdateOptionValue', 'OptionSet', updateOption),
  ...changing('UpdateStateValue', 'OptionSet', updateState),
  ...changing('DeleteOptionValue', 'OptionSet', deleteOption),
  ...changing('OrderOption', 'OptionSet', orderOptions),
  ...changing('CreateCustomerRelationships', 'Relationship', createCustomerLookup),
  ...changing('CreatePolymorphicLookupAttribute', 'Relationship', createPolymorphicLookup),
  ...changing('AddSolutionComponent', 'Entity', (call, sent) => ({ id: addSolutionComponent(call, sent) })),
  ...changing('RemoveSolutionComponent', 'Entity', (call, sent) => ({ id: removeSolutionComponent(call, sent) })),
  ...asking('CanBeReferenced'),
  ...asking('CanBeReferencing'),
  ...asking('CanManyToMany'),
  ...listing('GetValidManyToMany'),
  ...listing('GetValidReferencedEntities'),
  ...listing('GetValidReferencingEntities'),
};
