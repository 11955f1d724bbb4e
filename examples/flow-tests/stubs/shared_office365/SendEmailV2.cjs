/** A stub that looks at what it is given: mail without a receiver is refused, as the connector refuses it. */
module.exports = ({ parameters }) =>
  parameters['emailMessage/To'] ? { sent: true } : { statusCode: 400, body: { message: 'The receiver is missing.' } };
