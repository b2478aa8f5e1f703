import type { Answer } from "@/lib/billing/get-answers";

export function PricingAnswers({ answers }: { answers: Answer[] }) {
  return (
    <dl className="grid gap-x-10 gap-y-7 md:grid-cols-2">
      {answers.map(({ question, answers: sentences }) => (
        <div key={question}>
          <dt className="text-sm font-medium">{question}</dt>
          {sentences.map((sentence) => (
            <dd key={sentence} className="mt-1.5 text-sm leading-6 text-pretty text-muted-foreground">
              {sentence}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
