//! Tables and curves in, accessible SVG and the same numbers as an HTML table out.
