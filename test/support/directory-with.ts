import type { Directory } from '../../src/ports/directory';

const refuse = () => Promise.reject(new Error('This directory was given no answer to that.'));

/** A directory that gives the answers it is told, and refuses all else. */
export function directoryWith(answers: Partial<Directory>): Directory {
  return {
    findCustomer: refuse,
    searchCustomers: refuse,
    createCustomer: refuse,
    updateCustomer: refuse,
    listSubscriptions: refuse,
    findUsers: refuse,
    findUsersByUpn: refuse,
    searchUsers: refuse,
    foreignUsers: refuse,
    createUser: refuse,
    updateUser: refuse,
    changeLicenses: refuse,
    setPasswords: refuse,
    deleteUsers: refuse,
    searchDeletedUsers: refuse,
    findDeletedUsers: refuse,
    findDeletedByUpn: refuse,
    countDeadlines: refuse,
    takenUpns: refuse,
    restoreUsers: refuse,
    purgeUsers: refuse,
    ...answers,
  };
}
