/** A real SMTP server that discards the messages and only counts them. Prints its port, and on SIGUSR2 the count. */
import { SMTPServer } from 'smtp-server';

let count = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  logger: false,
  onData(stream, _session, done) {
    stream.resume();
    stream.on('end', () => {
      count += 1;
      done();
    });
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.server.address().port}\n`));
process.on('SIGUSR2', () => process.stdout.write(`${count}\n`));
process.on('SIGTERM', () => process.exit(0));
