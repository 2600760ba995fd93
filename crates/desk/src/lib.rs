//! The product: one folder per feature with its rules, SQL, pages, letters, jobs and tests.
