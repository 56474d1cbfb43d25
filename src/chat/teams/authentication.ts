import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { ServiceClientCredentialsFactory } from 'botframework-connector';
import { LastingClients, type Manner } from './lasting-clients';

/** `anonymous` takes unsigned activities from loopback: the demo's alone. */
export type TeamsConfig = { readonly kind: 'anonymous' } | RegisteredBot;

export interface RegisteredBot {
  readonly kind: 'registered';
  readonly appId: string;
  readonly appPassword: string;
  readonly appType: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI';
  /** The turns of any other are refused. Only `MultiTenant` can do without, and then takes those of all. */
  readonly tenantId?: string;
  /** For tests only. Left out, it is Microsoft. */
  readonly issuer?: TestIssuer;
}

/** Who signs what comes in, and the token that goes out. */
export interface TestIssuer {
  readonly name: string;
  readonly openIdUrl: string;
  readonly bearer: string;
}

export function appIdOf(config: TeamsConfig): string {
  return config.kind === 'registered' ? config.appId : '';
}

/** Checks what comes in, and signs what goes out. */
export function createAuthentication(
  config: TeamsConfig,
  manner: Manner,
): ConfigurationBotFrameworkAuthentication {
  if (config.kind === 'anonymous') return new LastingClients({}, manner);
  const { appId, appPassword, appType, tenantId, issuer } = config;
  if (issuer) return createTestAuthentication(appId, issuer, manner);
  const named = {
    MicrosoftAppId: appId,
    MicrosoftAppType: appType,
    ...(appType === 'UserAssignedMSI' ? {} : { MicrosoftAppPassword: appPassword }),
    ...(tenantId === undefined ? {} : { MicrosoftAppTenantId: tenantId }),
  };
  return new LastingClients(named, manner);
}

/** The SDK takes an issuer of one's own only with every address named. */
function createTestAuthentication(appId: string, { name, openIdUrl, bearer }: TestIssuer, manner: Manner) {
  return new LastingClients(
    {
      ToChannelFromBotLoginUrl: openIdUrl,
      ToChannelFromBotOAuthScope: name,
      ToBotFromChannelTokenIssuer: name,
      OAuthUrl: openIdUrl,
      ToBotFromChannelOpenIdMetadataUrl: openIdUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: openIdUrl,
      ValidateAuthority: false,
      CallerId: name,
    },
    manner,
    new GivenToken(appId, bearer),
  );
}

class GivenToken extends ServiceClientCredentialsFactory {
  constructor(
    private readonly appId: string,
    private readonly bearer: string,
  ) {
    super();
  }

  override isValidAppId(appId: string): Promise<boolean> {
    return Promise.resolve(appId === this.appId);
  }

  override isAuthenticationDisabled(): Promise<boolean> {
    return Promise.resolve(false);
  }

  override createCredentials(): ReturnType<ServiceClientCredentialsFactory['createCredentials']> {
    return Promise.resolve({
      signRequest: (request) => {
        request.headers.set('authorization', `Bearer ${this.bearer}`);
        return Promise.resolve(request);
      },
    });
  }
}
