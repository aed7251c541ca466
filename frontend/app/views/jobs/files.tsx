// What came out of a job, as files to keep.

interface FilesProps {
  job: string;
  kind: string;
  title: string;
}

export function Files({ job, kind, title }: FilesProps) {
  return (
    <>
      <a href={`api/jobs/${job}/table`} download={`${title}-${kind}.csv`}>
        Table as CSV
      </a>
      <a href={`api/jobs/${job}/result`} download={`${title}-${kind}.json`}>
        Result as JSON
      </a>
      {kind === "analyze" && (
        <a href={`api/jobs/${job}/report`} download={`${title}.html`}>
          Report as one page
        </a>
      )}
    </>
  );
}
