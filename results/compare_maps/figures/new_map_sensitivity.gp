# Draws new_map_sensitivity.svg, new_map_sensitivity.pdf and new_map_sensitivity.png from new_map_sensitivity.csv: gnuplot new_map_sensitivity.gp
set encoding utf8
set datafile separator ','
set datafile missing 'nan'
set title 'Neighbouring orbits: new_map, a = 3.9' noenhanced
set xlabel 'steps' noenhanced
set ylabel 'distance / width of the domain (log10)' noenhanced
set tics out nomirror
set border 3
unset key
set terminal svg size 800,500 font 'Helvetica,14' background '#FFFFFF'
set output 'new_map_sensitivity.svg'
plot \
  'new_map_sensitivity.csv' skip 1 every ::0::75 using 2:3 with lines linewidth 1 linecolor rgb '#0072B2' title 'mean of 20 pairs'
set terminal pdfcairo size 16.0cm,10.0cm font 'Helvetica,10'
set output 'new_map_sensitivity.pdf'
plot \
  'new_map_sensitivity.csv' skip 1 every ::0::75 using 2:3 with lines linewidth 1 linecolor rgb '#0072B2' title 'mean of 20 pairs'
set terminal pngcairo size 2400,1500 fontscale 3 linewidth 3 pointscale 3
set output 'new_map_sensitivity.png'
plot \
  'new_map_sensitivity.csv' skip 1 every ::0::75 using 2:3 with lines linewidth 1 linecolor rgb '#0072B2' title 'mean of 20 pairs'
unset output
