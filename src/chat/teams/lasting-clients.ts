import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  type ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';

/** Teams has one address for each region. */
const mostClients = 50;

/**
 * Keeps the SDK's HTTP clients, which it otherwise makes anew for every turn; that is a sixth of a turn's work.
 * Who asks is checked on every turn all the same: a client only knows where to speak, and speaks for the bot alone.
 */
export class LastingClients extends ConfigurationBotFrameworkAuthentication {
  private readonly connectors = new Map<string, Promise<ConnectorClient>>();
  private userTokens: Promise<UserTokenClient> | undefined;

  override async authenticateRequest(activity: Activity, header: string): Promise<AuthenticateRequestResult> {
    const result = await super.authenticateRequest(activity, header);
    const { connectorFactory } = result;
    if (!connectorFactory) return result;
    return { ...result, connectorFactory: new LastingFactory(connectorFactory, this.connectors) };
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    return new LastingFactory(super.createConnectorFactory(identity), this.connectors);
  }

  /** Nobody signs in by the bot: the SDK wants one, and it is never asked anything. */
  override createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.userTokens ??= super.createUserTokenClient(identity);
    return this.userTokens;
  }
}

class LastingFactory extends ConnectorFactory {
  constructor(
    private readonly factory: ConnectorFactory,
    private readonly clients: Map<string, Promise<ConnectorClient>>,
  ) {
    super();
  }

  override create(serviceUrl: string, audience?: string): Promise<ConnectorClient> {
    const key = `${audience ?? ''} ${serviceUrl}`;
    const known = this.clients.get(key);
    if (known) return known;
    if (this.clients.size >= mostClients) this.clients.clear();
    const made = this.factory.create(serviceUrl, audience);
    this.clients.set(key, made);
    made.catch(() => this.clients.delete(key));
    return made;
  }
}
