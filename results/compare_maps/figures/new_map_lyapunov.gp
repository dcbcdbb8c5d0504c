# Draws new_map_lyapunov.svg, new_map_lyapunov.pdf and new_map_lyapunov.png from new_map_lyapunov.csv: gnuplot new_map_lyapunov.gp
set encoding utf8
set datafile separator ','
set datafile missing 'nan'
set title 'Lyapunov exponents: new_map' noenhanced
set xlabel 'a' noenhanced
set ylabel 'exponent (nat per step)' noenhanced
set tics out nomirror
set border 3
set key outside right center Left reverse noenhanced
set xzeroaxis linetype 1 linewidth 0.5 linecolor rgb '#808080'
set terminal svg size 800,500 font 'Helvetica,14' background '#FFFFFF'
set output 'new_map_lyapunov.svg'
plot \
  'new_map_lyapunov.csv' skip 1 every ::0::599 using 2:3 with lines linewidth 1 linecolor rgb '#0072B2' title 'exponent 1', \
  'new_map_lyapunov.csv' skip 1 every ::600::1199 using 2:3 with lines linewidth 1 linecolor rgb '#D55E00' title 'exponent 2'
set terminal pdfcairo size 16.0cm,10.0cm font 'Helvetica,10'
set output 'new_map_lyapunov.pdf'
plot \
  'new_map_lyapunov.csv' skip 1 every ::0::599 using 2:3 with lines linewidth 1 linecolor rgb '#0072B2' title 'exponent 1', \
  'new_map_lyapunov.csv' skip 1 every ::600::1199 using 2:3 with lines linewidth 1 linecolor rgb '#D55E00' title 'exponent 2'
set terminal pngcairo size 2400,1500 fontscale 3 linewidth 3 pointscale 3
set output 'new_map_lyapunov.png'
plot \
  'new_map_lyapunov.csv' skip 1 every ::0::599 using 2:3 with lines linewidth 1 linecolor rgb '#0072B2' title 'exponent 1', \
  'new_map_lyapunov.csv' skip 1 every ::600::1199 using 2:3 with lines linewidth 1 linecolor rgb '#D55E00' title 'exponent 2'
unset output
