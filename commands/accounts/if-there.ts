import { NoSuchEntityException } from "@aws-sdk/client-iam";

/** What IAM answers, or undefined where it says that there is none. */
export async function ifThere<Answer>(
  asked: Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}
