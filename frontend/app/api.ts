// The server's answers, and its one shape of errors.

import { useEffect, useState } from "preact/hooks";

export interface Problem {
  code: string;
  message: string;
  exit_code: number;
}

export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    readonly status: number,
  ) {
    super(problem.message);
  }
}

const UNREACHABLE: Problem = {
  code: "unreachable",
  message: "the server does not answer; is `isotunnel serve` still running?",
  exit_code: 1,
};

async function answered(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`api/${path}`, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ProblemError(UNREACHABLE, 0);
  }
  if (response.ok) return response;
  const body = await response.json().catch(() => ({ error: { ...UNREACHABLE, code: "unreadable" } }));
  throw new ProblemError(body.error, response.status);
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await answered(path, signal ? { signal } : {})).json();
}

export async function getBytes(path: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  return (await answered(path, signal ? { signal } : {})).arrayBuffer();
}

export async function post<T>(path: string, content: unknown): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  return (await answered(path, { method: "POST", headers, body: JSON.stringify(content) })).json();
}

export async function remove<T>(path: string): Promise<T> {
  return (await answered(path, { method: "DELETE" })).json();
}

export async function send<T>(file: File): Promise<T> {
  const headers = { "Content-Type": "application/octet-stream" };
  const path = `uploads?name=${encodeURIComponent(file.name)}`;
  return (await answered(path, { method: "POST", headers, body: file })).json();
}

export interface Answer<T> {
  value?: T;
  problem?: Problem;
  loading: boolean;
}

/** What a path answers; the last value stays while the next one is on its way. No path, no question. */
export function useAnswer<T>(path: string | null): Answer<T> {
  const [told, setTold] = useState<{ of: string | null; value?: T; problem?: Problem }>({ of: null });
  useEffect(() => {
    if (path === null) {
      setTold({ of: null });
      return;
    }
    const stop = new AbortController();
    get<T>(path, stop.signal).then(
      (value) => setTold({ of: path, value }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        setTold({ of: path, problem: error instanceof ProblemError ? error.problem : UNREACHABLE });
      },
    );
    return () => stop.abort();
  }, [path]);
  const loading = told.of !== path;
  return {
    loading,
    ...(told.value !== undefined && { value: told.value }),
    ...(told.problem && !loading && { problem: told.problem }),
  };
}
