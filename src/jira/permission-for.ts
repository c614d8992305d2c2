import type { IssueAction } from '../model/issue-action.ts'

/** What an account lacks that Jira refuses this. */
export function permissionFor(kind: IssueAction['kind']): string {
  switch (kind) {
    case 'move':
      return "Waybill's account needs the permission Transition issues"
    case 'add-version':
    case 'release-version':
      return "Waybill's account needs the permissions Administer projects and Edit issues"
    case 'comment':
      return "Waybill's account needs the permission Add comments"
    case 'link':
      return "Waybill's account needs the permission Link issues"
  }
}
