import {
  type Activity,
  ConfigurationBotFrameworkAuthentication,
  type ConfigurationBotFrameworkAuthenticationOptions,
} from 'botbuilder';
import {
  type AuthenticateRequestResult,
  type ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type ServiceClientCredentialsFactory,
  type UserTokenClient,
} from 'botframework-connector';

/** Teams has one address for each region. */
const mostClients = 50;

export interface Manner {
  /** A call that fails is made again, as often and as late as the SDK and Microsoft like. */
  readonly patient: boolean;
}

/**
 * Keeps the SDK's HTTP clients, which it otherwise makes anew for every turn; that is a sixth of a turn's work.
 * Who asks is checked on every turn all the same: a client only knows where to speak, and speaks for the bot alone.
 */
export class LastingClients extends ConfigurationBotFrameworkAuthentication {
  private readonly connectors = new Map<string, Promise<ConnectorClient>>();
  private userTokens: Promise<UserTokenClient> | undefined;

  constructor(
    config: ConfigurationBotFrameworkAuthenticationOptions,
    private readonly manner: Manner,
    credentials?: ServiceClientCredentialsFactory,
  ) {
    super(config, credentials);
  }

  override async authenticateRequest(activity: Activity, header: string): Promise<AuthenticateRequestResult> {
    const result = await super.authenticateRequest(activity, header);
    const { connectorFactory } = result;
    if (!connectorFactory) return result;
    return {
      ...result,
      connectorFactory: new LastingFactory(connectorFactory, this.connectors, this.manner),
    };
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    return new LastingFactory(super.createConnectorFactory(identity), this.connectors, this.manner);
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
    private readonly manner: Manner,
  ) {
    super();
  }

  override create(serviceUrl: string, audience?: string): Promise<ConnectorClient> {
    const key = `${audience ?? ''} ${serviceUrl}`;
    const known = this.clients.get(key);
    if (known) return known;
    if (this.clients.size >= mostClients) this.clients.clear();
    const created = this.factory.create(serviceUrl, audience);
    const made = this.manner.patient ? created : created.then(withoutRetries);
    this.clients.set(key, made);
    made.catch(() => this.clients.delete(key));
    return made;
  }
}

interface Inside {
  readonly client: { readonly pipeline: { removePolicy(policy: { readonly name: string }): unknown } };
}

/** The SDK has no setting for it. */
function withoutRetries(connector: ConnectorClient): ConnectorClient {
  const { client } = connector as unknown as Inside;
  client.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  return connector;
}
