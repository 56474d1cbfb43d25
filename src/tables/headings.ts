import type { Field, HeadingLanguage, TableFamily } from '../ports/tables';

type UserNameFamily = Exclude<TableFamily, 'entra'>;

/** Headings in one language. The first of each list is the one that is written and asked for. */
export interface Labels {
  /** What the user principal name is called tells whose file it is. */
  readonly userPrincipalName: Readonly<Record<UserNameFamily, readonly string[]>>;
  readonly others: Readonly<Record<Exclude<Field, 'userPrincipalName'>, readonly string[]>>;
}

export const headingLanguages: readonly HeadingLanguage[] = ['en', 'fr', 'de', 'it', 'es', 'pt-BR'];

/** The words that stand in files: part of their formats, not of what Rollcall says. */
export const labels: Readonly<Record<HeadingLanguage, Labels>> = {
  en: {
    userPrincipalName: {
      'partner-center': ['Email', 'Email address'],
      'microsoft-365': ['User Name'],
      rollcall: ['User Principal Name', 'UPN'],
    },
    others: {
      givenName: ['First name', 'Given name'],
      surname: ['Last name', 'Surname', 'Family name'],
      displayName: ['Display name', 'Full name'],
      usageLocation: ['Location', 'Usage location'],
      licenses: ['Licenses', 'Licences'],
      roles: ['Roles', 'Role'],
      jobTitle: ['Job title'],
      department: ['Department'],
      customer: ['Customer'],
      handOverEmail: ['Hand-over e-mail'],
      blockSignIn: ['Block sign in', 'Account blocked'],
      license: ['License', 'Licence'],
      action: ['Action'],
      statusUpdate: ['Status update'],
    },
  },
  fr: {
    userPrincipalName: {
      'partner-center': ['Courrier', 'E-mail', 'Adresse e-mail', 'Courriel', 'Courrier électronique'],
      'microsoft-365': ["Nom d'utilisateur"],
      rollcall: ["Nom d'utilisateur principal", "Nom principal de l'utilisateur", 'UPN'],
    },
    others: {
      givenName: ['Prénom'],
      surname: ['Nom', 'Nom de famille'],
      displayName: ['Nom complet', "Nom d'affichage"],
      usageLocation: ['Emplacement', "Emplacement d'utilisation", "Lieu d'utilisation"],
      licenses: ['Licences'],
      roles: ['Rôles', 'Rôle'],
      jobTitle: ['Fonction', 'Poste', 'Intitulé du poste'],
      department: ['Service', 'Département'],
      customer: ['Client'],
      handOverEmail: ['E-mail de remise', 'Adresse de remise'],
      blockSignIn: ['Bloquer la connexion', 'Connexion bloquée'],
      license: ['Licence'],
      action: ['Action'],
      statusUpdate: ["Mise à jour de l'état"],
    },
  },
  de: {
    userPrincipalName: {
      'partner-center': ['E-Mail', 'E-Mail-Adresse'],
      'microsoft-365': ['Benutzername'],
      rollcall: ['Benutzerprinzipalname', 'UPN'],
    },
    others: {
      givenName: ['Vorname'],
      surname: ['Nachname', 'Familienname'],
      displayName: ['Anzeigename'],
      usageLocation: ['Standort', 'Verwendungsstandort', 'Nutzungsstandort'],
      licenses: ['Lizenzen'],
      roles: ['Rollen', 'Rolle'],
      jobTitle: ['Position', 'Berufsbezeichnung'],
      department: ['Abteilung'],
      customer: ['Kunde'],
      handOverEmail: ['E-Mail für die Übergabe'],
      blockSignIn: ['Anmeldung blockieren'],
      license: ['Lizenz'],
      action: ['Aktion'],
      statusUpdate: ['Statusaktualisierung'],
    },
  },
  it: {
    userPrincipalName: {
      'partner-center': ['E-mail', 'Indirizzo e-mail'],
      'microsoft-365': ['Nome utente'],
      rollcall: ["Nome dell'entità utente", 'Nome entità utente', 'UPN'],
    },
    others: {
      givenName: ['Nome'],
      surname: ['Cognome'],
      displayName: ['Nome visualizzato'],
      usageLocation: ['Località', 'Località di utilizzo'],
      licenses: ['Licenze'],
      roles: ['Ruoli', 'Ruolo'],
      jobTitle: ['Posizione', 'Qualifica'],
      department: ['Reparto'],
      customer: ['Cliente'],
      handOverEmail: ['E-mail di consegna'],
      blockSignIn: ["Blocca l'accesso", 'Blocca accesso'],
      license: ['Licenza'],
      action: ['Azione'],
      statusUpdate: ['Aggiornamento dello stato'],
    },
  },
  es: {
    userPrincipalName: {
      'partner-center': ['Correo electrónico', 'Dirección de correo electrónico'],
      'microsoft-365': ['Nombre de usuario'],
      rollcall: ['Nombre principal de usuario', 'UPN'],
    },
    others: {
      givenName: ['Nombre'],
      surname: ['Apellido', 'Apellidos'],
      displayName: ['Nombre para mostrar'],
      usageLocation: ['Ubicación', 'Ubicación de uso'],
      licenses: ['Licencias'],
      roles: ['Roles', 'Rol'],
      jobTitle: ['Puesto', 'Cargo'],
      department: ['Departamento'],
      customer: ['Cliente'],
      handOverEmail: ['Correo de entrega'],
      blockSignIn: ['Bloquear inicio de sesión'],
      license: ['Licencia'],
      action: ['Acción'],
      statusUpdate: ['Actualización del estado'],
    },
  },
  'pt-BR': {
    userPrincipalName: {
      'partner-center': ['Email', 'E-mail', 'Endereço de email'],
      'microsoft-365': ['Nome de usuário'],
      rollcall: ['Nome principal do usuário', 'UPN'],
    },
    others: {
      givenName: ['Nome'],
      surname: ['Sobrenome'],
      displayName: ['Nome de exibição'],
      usageLocation: ['Local', 'Local de uso'],
      licenses: ['Licenças'],
      roles: ['Funções', 'Função'],
      jobTitle: ['Cargo'],
      department: ['Departamento'],
      customer: ['Cliente'],
      handOverEmail: ['Email de entrega'],
      blockSignIn: ['Bloquear entrada'],
      license: ['Licença'],
      action: ['Ação'],
      statusUpdate: ['Atualização de status'],
    },
  },
};

/** Microsoft Graph's names, which stand between brackets in Entra's headings. */
export const attributes: ReadonlyMap<string, Field> = new Map([
  ['displayName', 'displayName'],
  ['userPrincipalName', 'userPrincipalName'],
  ['accountEnabled', 'blockSignIn'],
  ['givenName', 'givenName'],
  ['surname', 'surname'],
  ['jobTitle', 'jobTitle'],
  ['department', 'department'],
  ['usageLocation', 'usageLocation'],
]);
