/** A whole issue key in upper case, safe in a path; the first part as Jira Cloud and older sites write project keys. */
export const issueKey = /^[A-Z][A-Z0-9_]{1,254}-[1-9]\d{0,9}$/
