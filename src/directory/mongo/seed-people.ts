import type { Entropy } from '../../domain/entropy';
import type { UserDraft } from '../../domain/user';

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

const givenNames = list(`
  Zoé Hélène Chloé Amélie Léa François Jérôme Benoît Éric Noël Adèle Inès Gaëlle Raphaël Thérèse Anaïs Loïc Solène
  Jürgen Günther Käthe Björn Sören Åsa Øystein Łukasz Małgorzata Zdeněk Jiří Šárka Ștefan Ioana José María Íñigo
  Begoña João Conceição Nuno Aoife Siobhán Seán Niamh Oliver Amelia George Isla Harry Grace Jack Emily Mateo Lucía
  Giulia Niccolò Chiara Matteo Ayşe Mehmet Çağla Eleni Giorgos Aisha Omar Fatima Yusuf Priya Arjun Mei Wei Hiroshi
  Yuki Linh Minh Nguyễn Olga Dmitri Svetlana Adam Eva Daniel Sara Viktor Nora Emil Ida Felix Clara Hugo Alma`);
const surnames = list(`
  Durand Lefèvre Béranger Côté Gagné Müller Schröder Weiß Österberg Ångström Sørensen Łukaszewski Dvořák Novák
  Kučera Șerban Popescu García Muñoz Ibáñez Núñez Gonçalves Araújo Ó-Briain Kelly Byrne O’Connor Smith Jones Taylor
  Brown Walker Wright Green Rossi Ferrari D’Angelo Yılmaz Öztürk Papadopoulos Haddad Khan Patel Sharma Chen Wang
  Tanaka Sato Nguyen Tran Ivanova Petrov Okoye Mensah Andersson Nilsson Virtanen Mäkinen Jansen de-Vries Maes
  Dubois Moreau Laurent Girard Mercier Blanchard Fontaine Chevalier Roussel Gauthier Perrin Morel`);
const jobs = ['Baker', 'Sales manager', 'Accountant', 'Engineer', 'Nurse', 'Driver', 'Lawyer', 'Teacher', ''];
const departments = [
  'Sales',
  'Finance',
  'Production',
  'Shops',
  'IT',
  'Human Resources',
  'Légal & Qualité',
  '',
];
const locations = ['FR', 'GB', 'DE', 'BE', 'CH', 'US', 'CA', 'ES', 'IT', 'SE'];
const adminRoles = ['Global Administrator', 'User Administrator', 'Helpdesk Administrator', 'Reports Reader'];

type Person = Omit<UserDraft, 'userPrincipalName' | 'licenses'> & { readonly accountEnabled: boolean };

/** Somebody who could work anywhere; three in a hundred are blocked, one in a hundred is an administrator. */
export function anyPerson(entropy: Entropy): Person {
  const [givenName, surname] = [anyOf(givenNames, entropy), anyOf(surnames, entropy)];
  return {
    givenName,
    surname,
    displayName: `${givenName} ${surname}`,
    usageLocation: anyOf(locations, entropy),
    jobTitle: anyOf(jobs, entropy),
    department: anyOf(departments, entropy),
    roles: entropy.int(100) === 0 ? [anyOf(adminRoles, entropy)] : [],
    accountEnabled: entropy.int(100) >= 3,
  };
}

export function anyOf<T>(choices: readonly T[], entropy: Entropy): T {
  const choice = choices[entropy.int(choices.length)];
  if (choice === undefined) throw new Error('There is nothing to choose from.');
  return choice;
}
