import { z } from 'zod'

/** The section `issues`: which issues count, and what is asked of them. */
export const issues = z.strictObject({
  projects: z
    .array(
      z.string().regex(/^[A-Z][A-Z0-9_]{1,254}$/, {
        error: "must be a project's key as Jira writes it, in capitals, such as SHOP",
      }),
    )
    .min(1)
    .meta({
      description: 'The Jira projects whose issue keys count; anything else that looks like a key is ignored.',
      examples: [['SHOP'], ['BIZPLAT', 'SHOP']],
    }),
  verify: z.boolean().default(true).meta({ description: 'Look the issue up in Jira: it must exist and not be done.' }),
  statuses: z
    .array(z.string().min(1))
    .default([])
    .meta({ description: 'If given, the issue must be in one of these statuses.', examples: [['In Progress']] }),
})
