/** Greets somebody by name, and says how many accounts the caller may read. */
module.exports = async ({ input, organization }) => {
  if (input.Name.trim() === '') throw new Error('Whom shall I greet?');
  const query = { table: 'account', columns: ['accountid'], joins: [], order: [] };
  const accounts = await organization.retrieveMultiple(query);
  return { Greeting: `Hello ${input.Name}`, Accounts: accounts.length };
};
