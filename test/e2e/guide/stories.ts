import type { Language } from '../../../src/ports/chat';
import type { Staff } from './people';

/** What an operator of a language has to do that day, and for whom. */
export interface Story {
  readonly language: Language;
  readonly persona: string;
  readonly customer: string;
  readonly staff: Staff;
  /** Typed without its accents, and whom it finds. */
  readonly sought: { readonly typed: string; readonly name: string };
  readonly hired: { readonly given: string; readonly family: string; readonly job: string };
  readonly alike: { readonly given: string; readonly family: string };
  readonly department: string;
  readonly country: string;
  /** The product that most have, and one with two free seats. */
  readonly usual: string;
  readonly rare: string;
  readonly template: string;
  /** A colleague who has just written to Rollcall for the first time. */
  readonly newcomer: string;
  /** Seats of the usual product, once bought. */
  readonly bought: string;
  /** Why somebody is let go. */
  readonly reason: string;
  /** A file of new people; `@` stands for the domain, and the last one has a user name that cannot be. */
  readonly brought: { readonly file: string; readonly rows: readonly string[] };
}

const english: Story = {
  language: 'en',
  persona: 'alice',
  customer: 'Contoso Bakery',
  staff: {
    domain: 'contoso.example',
    location: 'GB',
    names: [
      ...['Amelia Hart', 'Ben Okafor', 'Chloe Patel', 'Daniel Reyes', 'Edith Lowe', 'Femi Adeyemi'],
      ...['Grace Liu', 'Harry Stone', 'Ines Duarte', 'Jack Moss', 'José Álvarez', 'Kiran Shah'],
      ...['Lena Vogel', 'Martin Dale', 'Nadia Rossi', 'Owen Price', 'Priya Nair', 'Quentin Ross'],
      ...['Rosa Klein', 'Samir Aziz', 'Tessa Byrne', 'Usha Menon', 'Victor Hale', 'Wendy Marsh'],
    ],
    licenses: { ENTERPRISEPACK: 16, POWER_BI_PRO: 1 },
    deleted: { 'Colin Frost': 28, 'Dora Penn': 24, 'Eric Lamb': 15, 'Fiona Gale': 6 },
  },
  sought: { typed: 'jose', name: 'José Álvarez' },
  hired: { given: 'Zoë', family: 'Baker', job: 'Shop manager' },
  alike: { given: 'Liam', family: 'Cole' },
  department: 'Shops',
  country: 'United Kingdom',
  usual: 'Office 365 E3',
  rare: 'Power BI Pro',
  template: 'Shop assistant',
  newcomer: 'nora',
  bought: 'ENTERPRISEPACK=40',
  reason: 'Has left for good',
  brought: {
    file: 'new shop.csv',
    rows: [
      'First name,Last name,Display name,Email,Location,Licenses,Department',
      'Olga,Petrova,Olga Petrova,olga.petrova@,GB,Office 365 E3,Shops',
      'Noah,Klein,Noah Klein,noah.klein@,GB,Office 365 E3,Shops',
      'Ruth,Amari,Ruth Amari,ruth.amari@,GB,,Shops',
      'Renée,Blanc,Renée Blanc,renée.blanc@,GB,Office 365 E3,Shops',
    ],
  },
};

const french: Story = {
  language: 'fr',
  persona: 'benoit',
  customer: 'Ateliers Fabrikam',
  staff: {
    domain: 'fabrikam.example',
    location: 'FR',
    names: [
      ...['Adèle Caron', 'Bastien Roux', 'Cécile Marchand', 'Damien Picard', 'Élise Fontaine'],
      ...['Farid Benali', 'François Lemaître', 'Gaëlle Le Goff', 'Hugo Texier', 'Inès Robert'],
      ...['Jules Barbier', 'Karim Haddad', 'Léa Perrin', 'Mathieu Colin', 'Nadège Vidal'],
      ...['Océane Morin', 'Paul Guérin', 'Quentin Noël', 'Rachida Amrani', 'Sophie Aubert'],
      ...['Théo Masson', 'Valérie Renard', 'William Charpentier', 'Yasmine Diallo'],
    ],
    licenses: { ENTERPRISEPREMIUM: 5, EMS: 7 },
    deleted: { 'Aline Boucher': 28, 'Bruno Faure': 24, 'Claire Huet': 15, 'Denis Joly': 6 },
  },
  sought: { typed: 'francois', name: 'François Lemaître' },
  hired: { given: 'Hélène', family: 'Durand', job: 'Responsable d’atelier' },
  alike: { given: 'Loïc', family: 'Mercier' },
  department: 'Atelier',
  country: 'France',
  usual: 'Office 365 E5',
  rare: 'Enterprise Mobility + Security E3',
  template: 'Apprenti',
  newcomer: 'camille',
  bought: 'ENTERPRISEPREMIUM=20',
  reason: 'Départ définitif',
  brought: {
    file: 'nouvel atelier.csv',
    rows: [
      'Prénom;Nom;Nom complet;Adresse e-mail;Emplacement;Licences;Service',
      'Olga;Petrova;Olga Petrova;olga.petrova@;FR;Office 365 E5;Atelier',
      'Noé;Garnier;Noé Garnier;noe.garnier@;FR;Office 365 E5;Atelier',
      'Ruth;Amari;Ruth Amari;ruth.amari@;FR;;Atelier',
      'Renée;Blanc;Renée Blanc;renée.blanc@;FR;Office 365 E5;Atelier',
    ],
  },
};

export const stories: readonly Story[] = [english, french];
